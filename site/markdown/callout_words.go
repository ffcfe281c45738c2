package markdown

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// calloutWords are what callouts are called in other languages and tools.
var calloutWords = map[string]string{
	"note": "hinweis anmerkung notiz info information remarque à_noter nota notas observação " +
		"annotazione opmerking " +
		"notatka informacja not bilgi примечание заметка примітка σημείωση ملاحظة نکته یادداشت " +
		"הערה नोट टिप्पणी 备注 注 " +
		"說明 说明 メモ 注記 참고 노트 ghi_chú lưu_ý catatan merk obs anmärkning poznámka",
	"tip": "tipp hint astuce conseil consejo dica suggerimento consiglio wskazówka porada ipucu " +
		"совет подсказка " +
		"порада συμβουλή نصيحة راهنمایی טיפ सुझाव 提示 ヒント コツ 팁 도움말 mẹo kiat saran tips",
	"important": "wichtig importante belangrijk ważne önemli важно важливо σημαντικό مهم חשוב " +
		"महत्वपूर्ण 重要 중요 " +
		"quan_trọng penting viktigt viktig důležité",
	"warning": "warnung achtung avertissement attention advertencia aviso avviso avvertenza " +
		"attenzione atención atenção " +
		"waarschuwing let_op ostrzeżenie uwaga uyarı dikkat предупреждение внимание " +
		"попередження увага προσοχή " +
		"προειδοποίηση تحذير تنبيه هشدار אזהרה चेतावनी 警告 경고 cảnh_báo peringatan perhatian " +
		"varning advarsel varování " +
		"danger gefahr",
	"caution": "vorsicht prudence precaución cuidado cautela voorzichtig ostrożnie осторожно " +
		"обережно احتیاط זהירות " +
		"सावधानी 注意 小心 주의 thận_trọng hati-hati försiktighet forsiktig",
	"short": "kurz in_kürze kurzgefasst kurz_gesagt en_bref bref en_résumé résumé en_resumen " +
		"en_breve resumen " +
		"em_resumo em_suma resumo in_breve in_sintesi sintesi kort in_het_kort samenvatting " +
		"w_skrócie krótko kısaca özet " +
		"кратко вкратце коротко стисло σύντομα περίληψη باختصار ملخص خلاصه بهطور_خلاصه בקצרה " +
		"תקציר संक्षेप_में संक्षेप 要点 " +
		"摘要 简而言之 简答 概要 まとめ 要約 要するに 요약 한마디로 tóm_tắt ringkasan singkatnya summary tldr in_short " +
		"abstract",
}

// calloutByWord are the callouts by the plain words that they are called.
var calloutByWord = sync.OnceValue(func() map[string]string {
	kinds := map[string]string{}
	for kind, words := range calloutWords {
		for word := range strings.FieldsSeq(words) {
			kinds[plainWord(word)] = kind
		}
	}
	return kinds
})

// plainWord is a word without case, accents, and what may stand between its parts.
func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case r == ' ', r == '_', r == '-', unicode.In(r, unicode.Mn, unicode.Cf):
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(norm.NFKC.String(s))))
}
