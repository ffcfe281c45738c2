package front

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"nutgraf/site/diag"
)

// translatedValues are the names that the words of a choice have in other languages, and in other
// programs. One that stands
// for several is the one that may be chosen where it stands.
var translatedValues = map[string]string{
	"draft": "wip unpublished private hidden entwurf brouillon borrador rascunho bozza " +
		"concept ontwerp szkic taslak " +
		"черновик чернетка πρόχειρο مسودة پیشنویس טיוטה मसौदा 草稿 下書き 초안 bản_nháp nháp " +
		"draf konsep utkast udkast kladde koncept luonnos vázlat ciornă",
	"review": "in_review pending pending_review editing prüfung in_prüfung durchsicht " +
		"überprüfung überprüft relecture en_relecture " +
		"révision revisión revisado revisão revisione controle recenzja sprawdzenie " +
		"inceleme gözden_geçirme на_проверке проверка перевірка έλεγχος مراجعة بازبینی " +
		"בבדיקה समीक्षा 审核 審核 审阅 レビュー 確認 검토 xem_lại duyệt tinjauan granskning",
	"published": "public publish live online active final scheduled future embargoed " +
		"veröffentlicht publiziert publié publiée publie publicado publicada " +
		"pubblicato pubblicata gepubliceerd opublikowany opublikowane opublikowano " +
		"yayında yayınlandı yayımlandı опубликовано опубліковано δημοσιευμένο " +
		"δημοσιεύτηκε منشور نشر منتشر منتشرشده פורסם प्रकाशित 已发布 已發布 发布 公開 公開済み 게시됨 발행 " +
		"공개 đã_đăng đã_xuất_bản xuất_bản terbit diterbitkan publicerad publisert udgivet " +
		"vydáno julkaistu közzétéve publicat",
	"withdrawn": "retracted archived removed deleted zurückgezogen retiré retirée retirado " +
		"retirada ritirato ritirata " +
		"ingetrokken wycofany wycofane geri_çekildi отозвано снято відкликано αποσύρθηκε " +
		"مسحوب برداشتهشده נגנז हटाया 撤回 撤稿 撤下 取り下げ 철회 gỡ_bỏ ditarik tillbakadragen " +
		"trukket",

	"update": "change addition aktualisierung ergänzung nachtrag mise_à_jour actualisation " +
		"actualización " +
		"atualização aggiornamento bijwerking aktualizacja güncelleme обновление " +
		"оновлення ενημέρωση تحديث بهروزرسانی עדכון अद्यतन 更新 更新情報 업데이트 cập_nhật " +
		"pembaruan uppdatering oppdatering opdatering aktualizace",
	"correction": "erratum fix corrigendum korrektur berichtigung rectificatif corrección " +
		"rectificación " +
		"fe_de_erratas correção errata correzione rettifica correctie rectificatie " +
		"sprostowanie korekta düzeltme исправление поправка виправлення διόρθωση تصحيح " +
		"اصلاح תיקון सुधार भूल-सुधार 更正 勘误 訂正 정정 đính_chính koreksi ralat rättelse " +
		"rettelse oprava oikaisu helyreigazítás",
	"clarification": "klarstellung präzisierung précision éclaircissement aclaración " +
		"esclarecimento chiarimento precisazione verduidelijking wyjaśnienie açıklama " +
		"уточнение пояснение уточнення διευκρίνιση توضيح توضیح הבהרה स्पष्टीकरण 澄清 说明 補足 " +
		"해명 làm_rõ klarifikasi förtydligande presisering",
	"editors-note": "anmerkung_der_redaktion note_de_la_rédaction nota_de_la_redacción " +
		"nota_del_editor nota_da_redação nota_della_redazione redactienoot od_redakcji " +
		"editörün_notu от_редакции від_редакції σημείωση_σύνταξης ملاحظة_المحرر " +
		"הערת_מערכת 编者按 編集部注 편집자_주 catatan_redaksi",

	"confirmed": "verified true bestätigt confirmé confirmée confirmado confirmada confermato " +
		"confermata bevestigd potwierdzone doğrulandı подтверждено подтверждён " +
		"підтверджено επιβεβαιωμένο مؤكد تأییدشده אושר पुष्ट 已确认 確認済み 확인됨 đã_xác_nhận " +
		"dikonfirmasi bekräftad bekreftet",
	"reported": "berichtet gemeldet rapporté signalé reportado informado relatado " +
		"riportato gemeld zgłoszone bildirildi сообщается повідомлено αναφέρθηκε " +
		"گزارششده דווח रिपोर्ट 据报道 報道 보도됨 được_đưa_tin dilaporkan",
	"claimed": "behauptet allégué affirmé revendiqué alegado afirmado rivendicato beweerd " +
		"twierdzone iddia заявлено утверждается стверджується ισχυρισμός ادعاء ادعا נטען " +
		"दावा 声称 主張 주장 tuyên_bố diklaim påstått",
	"disputed": "umstritten bestritten contesté contestée disputado contestato betwist " +
		"sporne tartışmalı оспаривается спорно спірно αμφισβητείται متنازع مورد_مناقشه " +
		"שנוי_במחלוקת विवादित 有争议 争议 争点 논란 tranh_cãi diperdebatkan omstridd",
	"scheduled": "geplant prévu prévue previsto prevista programado previsto_para " +
		"programmato gepland planowane zaplanowane planlanan planlandı запланировано " +
		"заплановано προγραμματισμένο مقرر برنامهریزیشده מתוכנן निर्धारित 计划 計画 予定 예정 " +
		"dự_kiến dijadwalkan planerad planlagt",

	"named": "namentlich genannt nommé nombrado nomeado nominato genoemd",
	"unnamed": "anonym anonyme anónimo anônimo anonimo anoniem anonimowy anonim анонимный " +
		"анонімний ανώνυμος مجهول 匿名 익명",
	"document": "dokument documento документ έγγραφο وثيقة سند מסמך 文件 文書 문서 tài_liệu " +
		"dokumen doküman belge",
	"claim": "behauptung affirmation afirmación afirmação affermazione bewering " +
		"twierdzenie заявление заява",
	"graphic": "drastisch violent gráfica gráfico violento explícito brutalne жестоко",
	"distressing": "belastend verstörend choquant perturbador perturbante schokkend " +
		"drastyczne тревожно",

	"term": "begriff terme término termo termine begrip termin termín pojęcie terim " +
		"термин термін όρος مصطلح واژه מונח शब्द 术语 術語 用語 용어 thuật_ngữ istilah",
	"person": "personne persona pessoa persoon osoba kişi человек персона особа πρόσωπο " +
		"شخص אדם व्यक्ति 人物 人 인물 người nhân_vật orang tokoh",
	"organisation": "organization organización organização organizzazione organisatie " +
		"organizacja örgüt kuruluş kurum организация організація οργανισμός منظمة سازمان " +
		"ארגון संगठन 组织 組織 机构 단체 기관 tổ_chức organisasi",
	"place": "ort lieu lugar luogo plaats miejsce yer место місце τόπος مكان مکان מקום " +
		"स्थान 地点 場所 地名 장소 nơi địa_điểm tempat",
	"law": "gesetz loi ley lei legge wet ustawa prawo yasa kanun закон νόμος قانون חוק " +
		"क़ानून 法律 法 법 법률 luật undang-undang lov lag zákon",
	"event": "ereignis événement evento acontecimiento gebeurtenis wydarzenie olay " +
		"событие подія γεγονός حدث رویداد אירוע घटना 事件 出来事 사건 sự_kiện peristiwa",

	"article": "artikel artículo artigo articolo artykuł makale статья стаття άρθρο مقال " +
		"مقاله מאמר 文章 記事 기사 bài_báo",
	"article-newspaper": "articolo_di_giornale artigo_de_jornal artykuł_prasowy статья_в_газете " +
		"zeitungsartikel zeitung article_de_journal journal " +
		"artículo_de_periódico periódico jornal giornale krant krantenartikel gazeta " +
		"gazete газета newspaper εφημερίδα صحيفة روزنامه עיתון 报纸 新聞 신문 koran",
	"article-journal": "fachartikel zeitschrift revue revista_científica rivista " +
		"tijdschrift czasopismo dergi журнал journal_article 期刊 論文誌 학술지 jurnal",
	"book": "buch livre libro livro boek książka kitap книга βιβλίο كتاب کتاب ספר पुस्तक " +
		"书 書籍 本 책 sách buku bok bog kirja",
	"report": "bericht rapport informe relatório rapporto raport rapor отчёт доклад звіт " +
		"έκθεση تقرير گزارش דוח रिपोर्ट 报告 報告 報告書 보고서 báo_cáo laporan",
	"webpage": "webseite website internetseite page_web site página_web página sito " +
		"pagina_web webpagina strona strona_internetowa web_sayfası сайт веб-сайт " +
		"веб-страница ιστοσελίδα موقع وبگاه אתר 网页 網頁 ウェブページ サイト 웹페이지 trang_web situs",
	"interview": "gespräch entretien entrevista intervista wywiad röportaj интервью " +
		"інтерв’ю συνέντευξη مقابلة مصاحبه ראיון 采访 インタビュー 인터뷰 phỏng_vấn wawancara",
	"speech": "rede discours discurso discorso toespraak przemówienie konuşma речь " +
		"промова ομιλία خطاب سخنرانی נאום 演讲 演説 연설 bài_phát_biểu pidato",
	"legislation": "gesetzgebung législation legislación legislação legge_statale " +
		"wetgeving ustawodawstwo mevzuat законодательство законодавство νομοθεσία تشريع " +
		"法令 법령",
	"dataset": "datensatz jeu_de_données conjunto_de_datos conjunto_de_dados dati " +
		"zbiór_danych veri_seti набор_данных набір_даних 数据集 データセット 데이터셋",
	"thesis": "thèse tesis tese tesi proefschrift praca_doktorska tez диссертация " +
		"дисертація διατριβή رسالة پایاننامه 论文 学位論文 논문 luận_án",
	"broadcast": "sendung émission emisión emissão trasmissione uitzending audycja yayın " +
		"передача",
	"motion_picture": "película filme pellicola фильм фільм ταινία فيلم فیلم סרט 电影 映画 영화 " +
		"phim",
	"legal_case": "urteil jugement sentencia sentença sentenza vonnis wyrok karar " +
		"решение_суда рішення_суду δικαστική_απόφαση حكم رأی 判决 判決 판결",
	"map": "karte carte mapa mappa kaart harita карта мапа χάρτης خريطة نقشه מפה 地图 地図 지도 " +
		"bản_đồ peta",
	"pamphlet": "broschüre folleto folheto opuscolo broszura broşür брошюра брошура",
	"hearing": "anhörung audition audiencia audiência udienza hoorzitting przesłuchanie " +
		"слушание слухання",
	"treaty": "vertrag traité tratado trattato verdrag traktat antlaşma договор договір " +
		"συνθήκη معاهدة معاهده 条约 条約 조약",
	"never": "nie niemals jamais nunca mai nooit nigdy asla никогда ніколи ποτέ أبدا هرگز " +
		"कभी_नहीं 从不 永不 決して " +
		"절대 không_bao_giờ tidak_pernah aldrig aldri nikdy soha koskaan",
	"none": "keine keiner kein ohne aucun aucune sans ninguno ninguna sin nenhum nenhuma sem " +
		"nessuno nessuna senza " +
		"geen zonder brak bez yok нет отсутствует немає κανένα بدون ندارد ללא कोई_नहीं 无 無 なし " +
		"없음 không_có tidak_ada " +
		"ingen žádný nincs",
	"true": "ja oui sí si sim sì tak evet да так ναι نعم بله כן हाँ हां 是 はい 예 네 có ya " +
		"ano igen kyllä da wahr vrai verdadero vero waar prawda doğru yes on y 1",
	"false": "nein non no não nie nee hayır нет ні όχι لا نه خیر לא नहीं 否 いいえ 아니오 아니요 " +
		"không tidak nej nei ne nem ei nu falsch faux falso onwaar fałsz yanlış off n 0",
}

// oursByValue are the words of ours that a folded value may stand for.
var oursByValue = sync.OnceValue(func() map[string][]string {
	ours := map[string][]string{}
	for word, names := range translatedValues {
		for name := range strings.FieldsSeq(names) {
			ours[foldName(name)] = append(ours[foldName(name)], word)
		}
	}
	for _, words := range ours {
		slices.Sort(words)
	}
	return ours
})

// Translated is the one of the words that a value in another language stands for, or "".
func Translated(value string, words []string) string {
	for _, word := range oursByValue()[foldName(value)] {
		if slices.Contains(words, word) {
			return word
		}
	}
	return ""
}

// durationUnits are the letters of durations, by what their names begin with in other languages,
// folded.
var durationUnits = map[string]string{
	"d": "day tag jour dia giorno dag dni dzien gun день дня дней дні днів ημερ يوم أيام " +
		"روز יום ימים दिन 天 日 일 ngay hari dagar dager",
	"w": "week woche semaine semana settiman tydzien tygodn hafta недел тиж εβδομαδ أسبوع " +
		"هفته שבוע सप्ताह 周 星期 週間 주 tuan minggu vecko uke",
	"m": "month monat mois mes mese mesi maand miesiac miesiec ay месяц місяц μην شهر " +
		"أشهر ماه חודש महीन 月 个月 個月 ヶ月 か月 カ月 개월 달 thang bulan manad maned",
	"y": "year jahr an anno anni ano jaar rok lat yil год лет рік рок ετ χρον سنة سنوات " +
		"سال שנה שנים वर्ष साल 年 년 nam tahun ar",
}

var countOfUnits = regexp.MustCompile(`^(?i)p?(\d{1,4})[ \x{a0}-]*(\D+)$`)

// Duration is a duration in the words of some language, or as ISO 8601 has it, as it is written
// here: 90d for 90 Tage; "" where it is none.
func Duration(s string) string {
	m := countOfUnits.FindStringSubmatch(diag.Digits(s))
	if m == nil {
		return ""
	}
	name, unit, longest := foldName(m[2]), "", 0
	for letter, names := range durationUnits {
		for begin := range strings.FieldsSeq(names) {
			begin = foldName(begin)
			fits := strings.HasPrefix(name, begin) && (len(begin) > 2 || name == begin ||
				name == begin+"s")
			if fits && len(begin) > longest || name == letter {
				unit, longest = letter, len(begin)
			}
		}
	}
	if unit == "" {
		return ""
	}
	return m[1] + unit
}
