package front

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// translatedKeys are the names that our keys have in other languages. One that stands for several
// is the one that is a key where it stands.
var translatedKeys = map[string]string{
	"accent": "akzentfarbe color colore colour cor couleur farbe kleur kolor màu renk warna " +
		"χρώμα колір цвет צבע رنگ لون रंग 色 颜色 색 색상",
	"accessed": "abgerufen abgerufen_am consultado consultado_em consultato consulté consulté_le " +
		"diakses dostęp erişim erişim_tarihi geraadpleegd truy_cập zugriff προσπελάστηκε " +
		"дата_звернення дата_обращения تاريخ_الاطلاع アクセス日 访问日期 閲覧日 접속일",
	"aliases": "redirecciones umleitungen",
	"alt": "alt-metin alternatieve_tekst alternativ alternativtext tekst_alternatywny " +
		"texte_alternatif texto_alternativo описание_картинки",
	"answer": "antwoord antwort cevap câu_trả_lời jawaban odpověď odpowiedź reponse resposta " +
		"respuesta risposta răspuns svar trả_lời vastaus válasz yanıt απάντηση відповідь ответ " +
		"תשובה إجابة جواب پاسخ उत्तर जवाब 回答 答え 答案 답 답변 대답",
	"as_of": "a_fecha_de per situação_em stan_na stand_vom état_au по_состоянию_на станом_на",
	"author": "auteur auteure auteurs autor autora autoras autore autoren autores autori autorin " +
		"autorinnen autorka autorzy forfatter forfattere författare kirjoittaja penulis schrijver " +
		"szerző tác_giả verfasser verfasserin yazar yazarlar συγγραφέας συντάκτης автор автори " +
		"авторы כותב מחבר الكاتب المؤلف كاتب نویسنده लेखक 作者 筆者 著者 記者 记者 기자 저자",
	"authors": "auteur auteure auteurs autor autora autoras autore autoren autores autori " +
		"autorin autorinnen autorka autorzy forfatter forfattere författare kirjoittaja penulis " +
		"schrijver szerző tác_giả verfasser verfasserin yazar yazarlar συγγραφέας συντάκτης автор " +
		"автори авторы כותב מחבר الكاتب المؤلف كاتب نویسنده लेखक 作者 筆者 著者 記者 记者 기자 저자",
	"caption": "açıklama bijschrift bildlegende bildtekst bildtext bildunterschrift chú_thích " +
		"didascalia keterangan legenda legende leyenda pie podpis λεζάντα подпись підпис כיתוב " +
		"تعليق کپشن キャプション 图注 설명 캡션",
	"credit": "autor_zdjęcia bildnachweis bildrechte crédito créditos crédits fonte_da_foto " +
		"foto-credit foto_kredisi fotograaf fotograf fotonachweis kredit φωτογραφία автор_фото " +
		"קרדיט صورة_من ảnh_của クレジット 图片来源 사진_제공",
	"date": "data dato datum fecha ngày päivä tanggal tarih ημερομηνία дата תאריך تاريخ تاریخ " +
		"तारीख तिथि 日付 日期 날짜",
	"forms": "biçimler formas formen formy varianten variantes varianti vormen варианты синонимы " +
		"форми формы 别名 異名 表記 변형",
	"images": "afbeeldingen bild bilder foto fotos gambar görsel görseller hình_ảnh imagen " +
		"imagenes imagens imagini immagine immagini kuvat képek obrazy obrázky photographies photos " +
		"resimler zdjęcia εικόνες зображення изображения фото фотографии עکس תמונות تصاویر صور " +
		"चित्र 写真 图片 圖片 画像 사진 이미지",
	"importance": "bedeutung belang importancia importanza ważność wichtigkeit önem важливість " +
		"важность",
	"issued": "data_wydania diterbitkan erscheinungsdatum erschienen paru parution publicación " +
		"yayın_tarihi дата_издания опубликовано 出版日期 発行日 발행일",
	"kind": "art jenis kategorie_des_begriffs loại rodzaj soort tipo typ tyyppi típus tür τύπος " +
		"вид тип סוג نوع प्रकार 種類 类型 類型 유형 종류",
	"knowns": "bekannt bilinen bilinenler connu sabemos sappiamo wiadomo відомо известно",
	"lang": "bahasa dil idioma jazyk język kieli langue limba lingua ngôn_ngữ nyelv sprache " +
		"sprachen sprog språk taal γλώσσα мова язык שפה اللغة زبان भाषा 言語 語言 语言 언어",
	"method": "methode metoda metode metodo phương_pháp yöntem μέθοδος метод منهجية 方法 방법",
	"name": "imię isim jméno naam nama namn navn nazwa nimi nom nombre nome nume név tên όνομα " +
		"имя ім’я שם اسم نام नाम 名前 名字 名称 姓名 氏名 이름",
	"navigation": "gezinme menü navegación navegação navigatie navigazione nawigacja πλοήγηση " +
		"навигация навігація ナビゲーション 导航 메뉴",
	"notes": "anmerkungen catatan ghi_chú notas notatki note_redazione notities notizen notlar " +
		"remarques uwagi σημειώσεις заметки нотатки примечания הערות ملاحظات یادداشت メモ 备注 비고",
	"place": "hely lieu local lugar luogo miejsce místo nơi ort plaats plats sted tempat yer " +
		"địa_điểm τόπος место місце מקום مكان مکان स्थान 地点 場所 장소",
	"published": "data data_de_publicação data_pubblicazione data_publikacji date_de_publication " +
		"datum diterbitkan erscheinungsdatum erschienen fecha fecha_de_publicación gepubliceerd " +
		"julkaistu megjelent ngày ngày_đăng opublikowano pubblicato publicación publicado " +
		"publicado_em publicat publicatiedatum publicação publicerad publie publisert published_on " +
		"publiziert tanggal tarih terbit udgivet veroeffentlicht veröffentlicht " +
		"veröffentlichungsdatum vydáno xuất_bản yayım yayımlandı yayın yayın_tarihi yayınlandı " +
		"δημοσίευση δημοσιεύθηκε ημερομηνία дата дата_публикации опубликован опубликовано " +
		"опубліковано פורסם תאריך تاريخ تاريخ_النشر تاریخ تاریخ_انتشار منتشر نشر तारीख तिथि " +
		"प्रकाशित 公開 公開日 发布 发布日期 日付 日期 発行日 發布 게시일 날짜 발행일",
	"publisher": "editeur editora editore editorial forlag herausgeber kiadó nhà_xuất_bản " +
		"penerbit uitgever utgivare verlag vydavatel wydawca yayıncı εκδότης видавець издатель " +
		"מוציא_לאור الناشر ناشر प्रकाशक 出版社 出版者 发布者 発行者 발행처 출판사",
	"question": "câu_hỏi domanda domande frage fragen fråga frågor kysymykset kysymys kérdés " +
		"kérdések otázka otázky pergunta perguntas pertanyaan pregunta preguntas pytania pytanie " +
		"soru soru-cevap sorular spørsmål vraag vragen întrebare întrebări ερωτήσεις ερώτηση вопрос " +
		"вопросы запитання питання שאלה שאלות الأسئلة سؤال سوالات پرسش پرسشها प्रश्न प्रश्न_सूची " +
		"सवाल 問題 提问 質問 问题 질문 질문들",
	"questions": "câu_hỏi domanda domande frage fragen fråga frågor kysymykset kysymys kérdés " +
		"kérdések otázka otázky pergunta perguntas pertanyaan pregunta preguntas pytania pytanie " +
		"soru soru-cevap sorular spørsmål vraag vragen întrebare întrebări ερωτήσεις ερώτηση вопрос " +
		"вопросы запитання питання שאלה שאלות الأسئلة سؤال سوالات پرسش پرسشها प्रश्न प्रश्न_सूची " +
		"सवाल 問題 提问 質問 问题 질문 질문들",
	"related": "articles_liés correlati gerelateerd ilgili liés liên_quan powiązane relacionados " +
		"siehe terkait verwandt пов’язані похожие связанные 相关 関連 관련",
	"role": "cargo fonction functie funktion função görev jabatan rolle ruolo stanowisko vai_trò " +
		"ρόλος должность посада תפקיד دور भूमिका 役職 职务 職務 직책",
	"see_also": "ayrıca_bakınız lihat_juga siehe_auch vedi_anche veja_também ver_también " +
		"voir_aussi véase_también xem_thêm zie_ook zobacz_też див_також см_также 参见 関連項目 참고",
	"sensitive": "drastyczne délicat gevoelig hassas heikel sensibile sensible",
	"short": "bref breve corto court curto definicion definicja definisi definitie definition " +
		"definizione kort krótko kurz kurzantwort kurzfassung kısa kısaca singkat skrót tanım " +
		"tóm_lược wyjaśnienie định_nghĩa ορισμός σύντομα визначення коротко кратко определение " +
		"בקצרה הגדרה باختصار تعريف تعریف مختصر کوتاه परिभाषा संक्षिप्त संक्षेप 定义 定義 短い答え 简短 简答 要点 " +
		"요지 정의 짧은답",
	"sources": "bron bronnen fontes fonti források fuente fuentes kaynak kaynaklar kilde kilder " +
		"källor lähteet nguồn quelle quellen quellenangaben sumber surse zdroje źródła źródło πηγές " +
		"πηγή джерела источник источники מקורות المصادر مصادر منابع स्रोत 來源 出典 情報源 来源 출처",
	"src": "archivo arquivo berkas bestand bild datei dateiname dosya fichier image plik " +
		"quelle_bild tệp αρχείο файл קובץ فایل ملف फ़ाइल ファイル 文件 文件名 파일",
	"standfirst": "accroche bajada beschreibung bevezető chapeau chapo descripcion " +
		"description_courte descrizione descrição deskripsi einleitung entradilla ingress inleiding " +
		"introductie johdanto lead lede lid mô_tả occhiello omschrijving perex resume resumen " +
		"resumo ringkasan samenvatting sommario spot teaser teaser_text tóm-tắt vorspann wstęp " +
		"zusammenfassung özet εισαγωγή περίληψη анонс вступ лид лід описание סיכום תקציר خلاصه لید " +
		"مقدمة ملخص وصف چکیده विवरण सारांश リード リード文 导言 导语 摘要 概要 리드 부제 요약",
	"status": "durum estado stan stato statut stav tila trạng_thái zustand állapot κατάσταση " +
		"статус סטטוס حالة وضعیت स्थिति ステータス 状态 狀態 상태",
	"tagline": "lema untertitel",
	"term": "begrep begriff fogalom hasło istilah mot palabra pojem pojęcie terim terme termine " +
		"termino termo thuật_ngữ vocabolo woord wort όρος термин термін מונח اصطلاح مصطلح واژه शब्द " +
		"术语 用語 術語 용어",
	"text": "metin szöveg teks tekst teksti testo texte texto văn_bản yazı κείμενο текст טקסט " +
		"متن نص पाठ テキスト 文本 正文 본문 텍스트",
	"timeline": "aikajana chronik chronologie cronologia cronologie dòng_thời_gian frise " +
		"frise_chronologique idővonal kalendarium kronoloji linea_del_tempo linea_temporal " +
		"linha_do_tempo linimasa línea_de_tiempo oś_czasu tidslinje tijdlijn zaman_çizelgesi " +
		"zeitleiste zeitstrahl zeittafel časová_osa χρονολόγιο лента таймлайн хроника хронология " +
		"хронологія ציר_זמן الجدول_الزمني تسلسل_زمني گاهشمار समयरेखा タイムライン 年表 时间线 時間軸 연표 타임라인",
	"title": "baslik cabeçalho cím encabezado judul kop manchete nadpis nagłówek název otsikko " +
		"overskrift rubrik titel titlu titolo titre tittel titulo tiêu-đề tytul tytuł überschrift " +
		"τίτλος заголовок назва название כותרת العنوان تیتر عنوان शीर्षक タイトル 标题 標題 題名 제목",
	"topics": "argomenti categoria categorias categorie catégories chủ_đề emner etiketler " +
		"etiquetas kategorie kategorien konu konular mots-clés onderwerp onderwerpen rubrique " +
		"schlagworte schlagwörter sujets tagi tema temas temat tematy temi thema themen themes " +
		"thématiques topik témata tópicos ämnen θέματα рубрики теги тема теми темы נושאים مواضيع " +
		"موضوعات विषय トピック 主題 主题 标签 話題 분류 주제",
	"type": "art jenis loại rodzaj soort tipo typ tyyppi típus tür τύπος вид тип סוג نوع प्रकार " +
		"種類 类型 類型 유형 종류",
	"unknowns": "bilinmeyen bilinmeyenler inconnu nie_wiadomo no_sabemos non_sappiamo unbekannt " +
		"невідомо неизвестно",
	"updated": "actualizado aggiornamento aggiornato aktualisiert aktualisierung atualizado " +
		"bijgewerkt cập_nhật diperbarui geaendert gewijzigd geändert güncelleme güncellendi maj " +
		"mis_à_jour mise_à_jour modificado modifié opdateret oppdatert stand uppdaterad " +
		"zaktualizowano ενημερώθηκε обновлено оновлено עודכן بهروزرسانی محدث अद्यतन 更新 更新日 수정일 " +
		"업데이트",
	"updates": "actualizaciones aggiornamenti aktualisierungen aktualizacje atualizações " +
		"correcciones correcties correzioni correções düzeltmeler güncellemeler koreksi korrekturen " +
		"mises_à_jour pembaruan sprostowania đính_chính διορθώσεις виправлення исправления " +
		"обновления оновлення תיקונים اصلاحات تصحيحات 更正 訂正 정정",
	"url": "adresse bağlantı collegamento enlace lenke lien liên_kết länk odkaz odnośnik tautan " +
		"σύνδεσμος адрес посилання ссылка קישור رابط پیوند लिंक リンク 網址 网址 链接 링크 주소",
	"warning": "advertencia avertissement aviso avviso ostrzeżenie uyarı waarschuwing " +
		"warnhinweis warnung попередження предупреждение 警告 경고",
}

// oursByName are the keys of ours that a folded name may stand for.
var oursByName = sync.OnceValue(func() map[string][]string {
	ours := map[string][]string{}
	for key, names := range translatedKeys {
		for name := range strings.FieldsSeq(names) {
			ours[foldName(name)] = append(ours[foldName(name)], key)
		}
	}
	for _, keys := range ours {
		slices.Sort(keys)
	}
	return ours
})

// foldName is a name without case, accents, dots on the i, and what may stand between its words.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case r == '_' || r == ' ':
			return '-'
		case unicode.In(r, unicode.Mn, unicode.Cf):
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(norm.NFKC.String(s))))
}
