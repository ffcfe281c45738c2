package search

import "strings"

// stopWords are the words that a query does without when it has others. They
// are indexed from titles only. A language that is not here has none.
var stopWords = map[string]string{
	"en": "a about after all also an and any are as at be because been before being between both " +
		"but by can could did do does doing done down during each for from further had has have " +
		"having he her here hers him his how i if in into is it its just me more most my no nor " +
		"not now of off on once only or other our out over own s same she should so some such t " +
		"than that the their them then there these they this those through to too under until up " +
		"very was we were what when where which while who whom why will with would you your",
	"de": "aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dem den " +
		"denn der des die dies diese dieser dieses doch du durch ein eine einem einen einer eines " +
		"er es fur hat hatte ich ihr ihre im in ist ja kann mit nach nicht noch nur ob oder ohne " +
		"sehr sein seine sich sie sind so uber um und uns unter vom von vor war waren warum was " +
		"wenn wer werden wie wieder wir wird wo zu zum zur",
	"es": "a al algo como con cual cuando de del desde donde el ella ellos en entre era es esa ese " +
		"eso esta este esto fue ha han hasta hay la las le les lo los mas me mi muy no nos o para " +
		"pero por porque que quien se ser si sin sobre son su sus tambien tu un una unos y ya yo",
	"fr": "a au aux avec c ce ces cette comment d dans de des du elle elles en est et etait ete " +
		"etre eu il ils j je l la le les leur leurs lui m mais me meme mes mon n ne nos notre " +
		"nous on ont ou par pas plus pour pourquoi qu quand que quel quelle qui quoi s sa sans se " +
		"ses si son sont sur t ta te tes ton tu un une vos votre vous y",
}

// stopFor returns the stop words of a language (BCP 47), folded.
func stopFor(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return stopWords[base]
}
