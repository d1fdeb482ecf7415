/* What the guess knows: letters in the order of their frequency, counted roughly; the order matters, not the numbers. */
#include "text/guess_private.h"

#define POLISH     "łęąóżśćńź"
#define CZECH      "íáěéčřýžšůúóďťň"
#define SLOVAK     "áíčýéžúšľôťňäóďĺŕ"
#define HUNGARIAN  "áéőöíóüúű"
#define CROATIAN   "čšžćđ"
#define ROMANIAN   "ăîâşţ"
#define RUSSIAN    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
#define UKRAINIAN  "оаниівтеркслдмупзяьбгчйхцжєїшюфщґ"
#define BELARUSIAN "аніетрсоылўкдпяумьвзбгцчйшыэжёюфх"
#define BULGARIAN  "аоиентрсвдлкпмяузбъгчщхцжюшйфь"
#define SERBIAN    "аоиенрсјтукдвмлпгбзшчцжњљћхђфџ"
#define GREEK      "αοιετσνηυρπκμλςίωάόδέήγχθύφώβξζψϊϋΐΰ"
#define HEBREW     "יוהלאברתשמנדקםעחפטכסגןזצךףץ"
#define ARABIC     "اليمنوتربعدفهكسحقجةشصطخىءئذأضغزثإظؤآ"
#define PERSIAN    "اینردهومتبشسلکزفگعخقجآحپصچطضغظثذژئء"
#define THAI       "านรอกเ่งมยลวดทสต้ะัีบคิปแหจใไโพขุชูผณถืซญธศฐฮฉ์ึษฟ็ำ"
#define FRENCH     "éèàêçôûîâùëïœ"
#define VIETNAMESE "đươôêâăáàéèíóúùý\xcc\x80\xcc\x81\xcc\xa3\xcc\x89\xcc\x83"

const struct guess_single td_guess_singles[] = {
	{ "windows-1252", INDEX_WINDOWS_1252, "äüöß" },                    /* German */
	{ "windows-1252", INDEX_WINDOWS_1252, FRENCH },
	{ "windows-1252", INDEX_WINDOWS_1252, "óíáéñúü¿¡" },               /* Spanish */
	{ "windows-1252", INDEX_WINDOWS_1252, "ãçáéíóêõúâôà" },            /* Portuguese */
	{ "windows-1252", INDEX_WINDOWS_1252, "àèùòìé" },                  /* Italian */
	{ "windows-1252", INDEX_WINDOWS_1252, "äåöøæé" },                  /* Swedish, Danish, Norwegian, Finnish */
	{ "windows-1252", INDEX_WINDOWS_1252, "íáðóþéöæúý" },              /* Icelandic */
	{ "windows-1252", INDEX_WINDOWS_1252, "ëéïèöüçä" },                /* Dutch, Albanian */
	{ "windows-1252", INDEX_WINDOWS_1252, "äõüöšž" },                  /* Estonian */
	{ "windows-1251", INDEX_WINDOWS_1251, RUSSIAN }, { "windows-1251", INDEX_WINDOWS_1251, UKRAINIAN },
	{ "windows-1251", INDEX_WINDOWS_1251, BELARUSIAN }, { "windows-1251", INDEX_WINDOWS_1251, BULGARIAN },
	{ "windows-1251", INDEX_WINDOWS_1251, SERBIAN },
	{ "KOI8-R", INDEX_KOI8_R, RUSSIAN }, { "KOI8-U", INDEX_KOI8_U, UKRAINIAN },
	{ "IBM866", INDEX_IBM866, RUSSIAN }, { "ISO-8859-5", INDEX_ISO_8859_5, RUSSIAN },
	{ "x-mac-cyrillic", INDEX_X_MAC_CYRILLIC, RUSSIAN },
	{ "windows-1253", INDEX_WINDOWS_1253, GREEK }, { "ISO-8859-7", INDEX_ISO_8859_7, GREEK },
	{ "windows-1250", INDEX_WINDOWS_1250, POLISH }, { "ISO-8859-2", INDEX_ISO_8859_2, POLISH },
	{ "windows-1250", INDEX_WINDOWS_1250, CZECH }, { "ISO-8859-2", INDEX_ISO_8859_2, CZECH },
	{ "windows-1250", INDEX_WINDOWS_1250, SLOVAK }, { "ISO-8859-2", INDEX_ISO_8859_2, SLOVAK },
	{ "windows-1250", INDEX_WINDOWS_1250, HUNGARIAN }, { "ISO-8859-2", INDEX_ISO_8859_2, HUNGARIAN },
	{ "windows-1250", INDEX_WINDOWS_1250, CROATIAN }, { "ISO-8859-2", INDEX_ISO_8859_2, CROATIAN },
	{ "windows-1250", INDEX_WINDOWS_1250, ROMANIAN }, { "ISO-8859-2", INDEX_ISO_8859_2, ROMANIAN },
	{ "windows-1254", INDEX_WINDOWS_1254, "ışğüçöâî" },                /* Turkish */
	{ "windows-1257", INDEX_WINDOWS_1257, "ėšųžįąčūę" },               /* Lithuanian */
	{ "windows-1257", INDEX_WINDOWS_1257, "āīēšūģņļčķž" },             /* Latvian */
	{ "windows-1257", INDEX_WINDOWS_1257, "äõüöšž" },                  /* Estonian */
	{ "windows-1255", INDEX_WINDOWS_1255, HEBREW },
	{ "windows-1256", INDEX_WINDOWS_1256, ARABIC }, { "windows-1256", INDEX_WINDOWS_1256, PERSIAN },
	{ "ISO-8859-6", INDEX_ISO_8859_6, ARABIC },
	{ "windows-874", INDEX_WINDOWS_874, THAI }, { "windows-1258", INDEX_WINDOWS_1258, VIETNAMESE },
};
const size_t td_guess_singles_n = sizeof(td_guess_singles) / sizeof(*td_guess_singles);

const struct guess_multi td_guess_multis[] = {
	{ "EUC-KR", FAMILY_KOREAN }, { "GBK", FAMILY_CHINA }, { "Big5", FAMILY_TAIWAN }, { "Shift_JIS", FAMILY_JAPAN },
	{ "EUC-JP", FAMILY_JAPAN },
};
const size_t td_guess_multis_n = sizeof(td_guess_multis) / sizeof(*td_guess_multis);

const char *const td_guess_frequent[] = {
	[FAMILY_KOREAN] =
	    "이다는의에가을로하고지한기도사은를인대자서리시정어나해부아일과라전수있장스보들주제원구적그상조여관만유안신공동경것했계국성화위오연무당선비발"
	    "우방세교회중민마치속진문말년용행미재물내소분업생실차론까모체남결력양터권학반간북개되외면트단드통강김금입직때본현월법산등요작거더네저와"
	    "영명러두프투노르초크데호환박려추피받령후증습점없않않같습니까었았겠됐할될된던데든든데",
	[FAMILY_CHINA] =
	    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进"
	    "着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关"
	    "各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文"
	    "总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几区强放决西被干做必战先回则任取据处队南给色光门即"
	    "保治北造百规领海口东导器压志世金增争济术极交受联什认共权收证改清己美再采转更单风切打白教速带安场身车例真务具万每目至达走积示议声报斗"
	    "完类八离华名确才科张信马节话元况今集传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿非验连断深难近周委",
	[FAMILY_TAIWAN] =
	    "的一是不了在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如"
	    "都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩"
	    "高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比"
	    "員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區"
	    "保至隊形社便空決治展馬科司五基書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取望覺術領共確傳師觀"
	    "清今院讓識帶導爭運風步改收根造言聯持組每濟車親林服快辦議往元英士證近失轉準布始未單影具愛備兵調深商算質團集百需價黨華城石級整府況請技",
	[FAMILY_JAPAN] =
	    "のいしんとかなてにるたはをうれっまりもでがくあらすこさきどけだよめそつじわちえせみおやばほろべふげへひねゆむびぼごずぐぎぬづぶぞ"
	    "ンースルトイラリアクドレシジプタッロマフカテコメバニィサウグナキチデミパムオセワエブビハュャモソガケェボネョヒダペユベォポズツァゴピゼホ"
	    "日一人年大十二本中長出三時行見月分後前生五間上東四今金九入学高外八六下来気小七山話女午百書先名川千水半男西電校語聞食車何南万毎白火"
	    "読友休父雨国者会的政事自社市部民同地方場合業員発理定実内関当対新力第目全戦動体性表法開問主通所度用代立京議府県最現取調不作意経思成産選",
};
