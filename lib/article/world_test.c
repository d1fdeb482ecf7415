/* Small pages of our own in many languages and scripts: headline, people, day, language and kind must come out of each. */
#include "article/read.h"
#include "tests/check.h"

struct row {
	const char *language;           /* as detected: its first subtag */
	const char *title, *byline, *day;               /* as printed */
	const char *people, *published;                 /* wanted */
	const char *first, *second;                     /* paragraphs */
};

static const struct row rows[] = {
	{ "ar", "أحد عشر قاربا تبقى في الميناء", "بقلم: سارة خليل", "نُشر في ٣ يونيو ٢٠٢٤، ١٤:٢٠", "سارة خليل", "2024-06-03T14:20",
	    "بقي أحد عشر قاربا للصيد في الميناء طوال الشتاء لأن الجليد أغلق الممر المؤدي إلى البحر، كما قال مكتب الميناء يوم الاثنين.",
	    "وأضاف المكتب أن أحدا لا يعرف متى يذوب الجليد، وأن العائلات تعيش الآن مما تبقى في المخازن القديمة قرب الجسر." },
	{ "ar", "سكان القرية ينتظرون الطريق", "كتبت: منى الحداد", "الاثنين 3 حزيران 2024", "منى الحداد", "2024-06-03",
	    "ينتظر سكان القرية الجبلية منذ عامين إصلاح الطريق الوحيد الذي يربطهم بالمدينة، وقد وعدت البلدية ببدء العمل قبل الشتاء.",
	    "وقالت معلمة في المدرسة إن الأطفال يمشون ساعة كاملة كل صباح، وإن المطر يجعل الطريق خطرا على الجميع." },
	{ "ar", "مكتبة صغيرة تفتح أبوابها", "بواسطة أحمد بن يوسف", "2024/06/03", "أحمد بن يوسف", "2024-06-03",
	    "افتتحت في الحي القديم مكتبة صغيرة جمع الجيران كتبها بأنفسهم، وهي مفتوحة للأطفال كل يوم بعد انتهاء المدرسة.",
	    "وقال صاحب الفكرة إن الكتب جاءت من مئة بيت، وإن الرفوف صنعت من خشب قوارب قديمة لم تعد تصلح للبحر." },
	{ "fa", "یازده قایق در بندر ماندند", "نویسنده: مریم احمدی", "دوشنبه ۱۴ خرداد ۱۴۰۳ - ۱۴:۲۰", "مریم احمدی", "2024-06-03T14:20",
	    "یازده قایق ماهیگیری در تمام زمستان در بندر ماندند، زیرا یخ راه دریا را بسته بود و اداره بندر این خبر را روز دوشنبه اعلام کرد.",
	    "به گفته این اداره هیچ کس نمی‌داند یخ چه زمانی آب می‌شود و خانواده‌ها از آنچه در انبارها مانده است زندگی می‌کنند." },
	{ "fa", "جاده روستا هنوز بسته است", "گزارش از رضا کریمی", "۱۴۰۳/۰۳/۱۴", "رضا کریمی", "2024-06-03",
	    "مردم روستا دو سال است که در انتظار تعمیر تنها جاده‌ای هستند که آنان را به شهر می‌رساند و شهرداری قول آغاز کار را داده است.",
	    "یکی از آموزگاران مدرسه گفت کودکان هر روز یک ساعت پیاده می‌روند و باران راه را برای همه خطرناک می‌کند." },
	{ "ur", "گیارہ کشتیاں بندرگاہ میں رہ گئیں", "تحریر: عائشہ خان", "3 جون 2024", "عائشہ خان", "2024-06-03",
	    "اس سردی میں ماہی گیروں کی گیارہ کشتیاں بندرگاہ میں رہ گئیں کیونکہ برف نے سمندر کا راستہ بند کر دیا تھا، دفتر نے پیر کو بتایا۔",
	    "دفتر کے مطابق کوئی نہیں جانتا کہ برف کب پگھلے گی اور خاندان اب پرانے گوداموں میں بچے ہوئے سامان پر گزارا کر رہے ہیں۔" },
	{ "he", "אחת עשרה סירות נשארו בנמל", "מאת: דנה לוי", "3 ביוני 2024, 14:20", "דנה לוי", "2024-06-03T14:20",
	    "אחת עשרה סירות דיג נשארו בנמל כל החורף משום שהקרח סגר את הדרך אל הים, כך מסר משרד הנמל ביום שני בבוקר.",
	    "במשרד אמרו כי איש אינו יודע מתי יימס הקרח, וכי המשפחות חיות כעת ממה שנותר במחסנים הישנים ליד הגשר." },
	{ "he", "הכפר מחכה לכביש", "מאת יעל כהן", "03.06.2024", "יעל כהן", "2024-06-03",
	    "תושבי הכפר ממתינים כבר שנתיים לתיקון הכביש היחיד שמחבר אותם לעיר, והעירייה הבטיחה שהעבודה תתחיל לפני החורף.",
	    "מורה בבית הספר סיפרה כי הילדים הולכים שעה ברגל מדי בוקר, והגשם הופך את הדרך למסוכנת לכולם." },
	{ "hi", "ग्यारह नावें बंदरगाह में रह गईं", "लेखक: आशा शर्मा", "३ जून २०२४, 14:20", "आशा शर्मा", "2024-06-03T14:20",
	    "इस सर्दी में मछुआरों की ग्यारह नावें बंदरगाह में ही रह गईं क्योंकि बर्फ ने समुद्र का रास्ता बंद कर दिया था, कार्यालय ने सोमवार को बताया।",
	    "कार्यालय के अनुसार कोई नहीं जानता कि बर्फ कब पिघलेगी और परिवार अब पुराने गोदामों में बचे सामान पर जी रहे हैं।" },
	{ "hi", "गांव को सड़क का इंतजार", "रवि कुमार द्वारा", "सोमवार, 3 जून 2024", "रवि कुमार", "2024-06-03",
	    "गांव के लोग दो साल से उस एकमात्र सड़क की मरम्मत का इंतजार कर रहे हैं जो उन्हें शहर से जोड़ती है और प्रशासन ने वादा किया है।",
	    "स्कूल की एक शिक्षिका ने कहा कि बच्चे हर सुबह एक घंटा पैदल चलते हैं और बारिश रास्ते को सबके लिए खतरनाक बना देती है।" },
	{ "mr", "अकरा होड्या बंदरातच राहिल्या", "लेखक: सुनीता पाटील", "३ जून २०२४", "सुनीता पाटील", "2024-06-03",
	    "या हिवाळ्यात मच्छीमारांच्या अकरा होड्या बंदरातच राहिल्या कारण बर्फाने समुद्राचा मार्ग बंद केला होता, असे कार्यालयाने सोमवारी सांगितले आहे.",
	    "बर्फ कधी वितळेल हे कोणालाच माहीत नाही आणि कुटुंबे आता जुन्या गोदामात उरलेल्या वस्तूंवर जगत आहेत, असे त्यांनी म्हटले आहे." },
	{ "ne", "एघार डुङ्गा बन्दरगाहमै रहे", "लेखक: सीता थापा", "३ जुन २०२४", "सीता थापा", "2024-06-03",
	    "यस जाडोमा माछा मार्ने एघार डुङ्गा बन्दरगाहमै रहे किनभने हिउँले समुद्रको बाटो बन्द गरेको थियो, कार्यालयले सोमबार भनेको छ।",
	    "हिउँ कहिले पग्लिन्छ भन्ने कसैलाई थाहा छैन र परिवारहरू अहिले पुराना गोदाममा बाँकी रहेका सामानले बाँचिरहेका छन्।" },
	{ "bn", "এগারোটি নৌকা বন্দরে রয়ে গেল", "লেখক: রিনা দাস", "৩ জুন ২০২৪, ১৪:২০", "রিনা দাস", "2024-06-03T14:20",
	    "এই শীতে জেলেদের এগারোটি নৌকা বন্দরেই রয়ে গেল কারণ বরফ সমুদ্রের পথ বন্ধ করে দিয়েছিল, সোমবার বন্দরের কার্যালয় জানিয়েছে।",
	    "কার্যালয় জানায়, বরফ কবে গলবে তা কেউ জানে না এবং পরিবারগুলো এখন পুরোনো গুদামে যা আছে তা দিয়েই চলছে।" },
	{ "bn", "গ্রামের মানুষ রাস্তার অপেক্ষায়", "লিখেছেন: করিম উদ্দিন", "প্রকাশ: ০৩ জুন ২০২৪", "করিম উদ্দিন", "2024-06-03",
	    "গ্রামের মানুষ দুই বছর ধরে শহরের সঙ্গে একমাত্র রাস্তাটি মেরামতের অপেক্ষায় আছে, আর পৌরসভা শীতের আগে কাজ শুরুর কথা দিয়েছে।",
	    "স্কুলের এক শিক্ষিকা বলেন, শিশুরা প্রতিদিন সকালে এক ঘণ্টা হাঁটে এবং বৃষ্টি পথটিকে সবার জন্য বিপজ্জনক করে তোলে।" },
	{ "ta", "பதினொரு படகுகள் துறைமுகத்தில் தங்கின", "எழுதியவர்: கமலா ராஜன்", "3 ஜூன் 2024", "கமலா ராஜன்", "2024-06-03",
	    "இந்தக் குளிர்காலத்தில் மீனவர்களின் பதினொரு படகுகள் துறைமுகத்திலேயே தங்கின, ஏனெனில் பனி கடலுக்கான வழியை மூடியது என அலுவலகம் கூறியது.",
	    "பனி எப்போது உருகும் என்று யாருக்கும் தெரியாது, குடும்பங்கள் இப்போது பழைய கிடங்குகளில் மீதமுள்ளவற்றைக் கொண்டு வாழ்கின்றன." },
	{ "te", "పదకొండు పడవలు ఓడరేవులోనే ఉన్నాయి", "రచయిత: లక్ష్మి రెడ్డి", "3 జూన్ 2024", "లక్ష్మి రెడ్డి", "2024-06-03",
	    "ఈ శీతాకాలంలో మత్స్యకారుల పదకొండు పడవలు ఓడరేవులోనే ఉండిపోయాయి, ఎందుకంటే మంచు సముద్ర మార్గాన్ని మూసివేసిందని కార్యాలయం తెలిపింది.",
	    "మంచు ఎప్పుడు కరుగుతుందో ఎవరికీ తెలియదు, కుటుంబాలు ఇప్పుడు పాత గోదాముల్లో మిగిలిన వాటితో జీవిస్తున్నాయి." },
	{ "ml", "പതിനൊന്ന് ബോട്ടുകൾ തുറമുഖത്ത് തന്നെ", "ലേഖകൻ: അനിൽ മേനോൻ", "3 ജൂൺ 2024", "അനിൽ മേനോൻ", "2024-06-03",
	    "ഈ ശൈത്യകാലത്ത് മത്സ്യത്തൊഴിലാളികളുടെ പതിനൊന്ന് ബോട്ടുകൾ തുറമുഖത്ത് തന്നെ കിടന്നു, മഞ്ഞ് കടലിലേക്കുള്ള വഴി അടച്ചിരുന്നു.",
	    "മഞ്ഞ് എപ്പോൾ ഉരുകുമെന്ന് ആർക്കും അറിയില്ല, കുടുംബങ്ങൾ ഇപ്പോൾ പഴയ ഗോഡൗണുകളിൽ ശേഷിക്കുന്നത് കൊണ്ട് ജീവിക്കുന്നു." },
	{ "gu", "અગિયાર હોડીઓ બંદરમાં જ રહી", "લેખક: મીના પટેલ", "૩ જૂન ૨૦૨૪", "મીના પટેલ", "2024-06-03",
	    "આ શિયાળામાં માછીમારોની અગિયાર હોડીઓ બંદરમાં જ રહી કારણ કે બરફે દરિયાનો રસ્તો બંધ કરી દીધો હતો, એમ કચેરીએ સોમવારે જણાવ્યું.",
	    "બરફ ક્યારે પીગળશે તે કોઈ જાણતું નથી અને પરિવારો હવે જૂના ગોદામોમાં બચેલી વસ્તુઓ પર જીવે છે." },
	{ "th", "เรือสิบเอ็ดลำยังอยู่ในท่า", "โดย สมหญิง ใจดี", "3 มิถุนายน 2567 เวลา 14:20 น.", "สมหญิง ใจดี", "2024-06-03T14:20",
	    "เรือประมงสิบเอ็ดลำยังคงจอดอยู่ในท่าเรือตลอดฤดูหนาวนี้ เพราะน้ำแข็งปิดทางออกสู่ทะเล สำนักงานท่าเรือแถลงเมื่อวันจันทร์",
	    "สำนักงานกล่าวว่าไม่มีใครรู้ว่าน้ำแข็งจะละลายเมื่อใด และครอบครัวต่าง ๆ อยู่ได้ด้วยของที่เหลือในโกดังเก่าใกล้สะพาน" },
	{ "th", "หมู่บ้านยังรอถนน", "เรื่อง: มานะ รักไทย", "๓ มิ.ย. ๒๕๖๗", "มานะ รักไทย", "2024-06-03",
	    "ชาวบ้านรอการซ่อมถนนสายเดียวที่เชื่อมหมู่บ้านกับตัวเมืองมาแล้วสองปี และเทศบาลสัญญาว่าจะเริ่มงานก่อนฤดูหนาวปีนี้",
	    "ครูคนหนึ่งเล่าว่าเด็ก ๆ ต้องเดินหนึ่งชั่วโมงทุกเช้า และเมื่อฝนตกเส้นทางก็อันตรายสำหรับทุกคนในหมู่บ้าน" },
	{ "my", "လှေ ဆယ့်တစ်စင်း ဆိပ်ကမ်းတွင် ကျန်ရစ်", "ရေးသားသူ - မောင် အောင်", "၃ ဇွန် ၂၀၂၄", "မောင် အောင်", "2024-06-03",
	    "ဒီဆောင်းရာသီမှာ ငါးဖမ်းလှေ ဆယ့်တစ်စင်း ဆိပ်ကမ်းမှာပဲ ကျန်ရစ်ခဲ့ပြီး ရေခဲက ပင်လယ်ထွက်လမ်းကို ပိတ်ထားတယ်လို့ ရုံးက ပြောပါတယ်။",
	    "ရေခဲ ဘယ်တော့ အရည်ပျော်မယ်ဆိုတာ ဘယ်သူမှ မသိဘူး၊ မိသားစုတွေက ဂိုဒေါင်ဟောင်းမှာ ကျန်တာနဲ့ အသက်ရှင်နေကြတယ်လို့ ဆိုပါတယ်။" },
	{ "km", "ទូក​ដប់មួយ​នៅ​ក្នុង​កំពង់ផែ", "ដោយ៖ សុខ ចាន់ថា", "ថ្ងៃទី៣ ខែមិថុនា ឆ្នាំ២០២៤", "សុខ ចាន់ថា", "2024-06-03",
	    "ទូកនេសាទដប់មួយគ្រឿងនៅតែចតក្នុងកំពង់ផែពេញរដូវរងានេះ ព្រោះទឹកកកបានបិទផ្លូវចេញទៅសមុទ្រ នេះបើតាមការិយាល័យកំពង់ផែ។",
	    "ការិយាល័យបាននិយាយថា គ្មាននរណាដឹងថាទឹកកកនឹងរលាយនៅពេលណាទេ ហើយគ្រួសាររស់នៅដោយរបស់ដែលនៅសល់ក្នុងឃ្លាំងចាស់។" },
	{ "lo", "ເຮືອສິບເອັດລຳຍັງຢູ່ໃນທ່າ", "ໂດຍ: ສົມພອນ ແກ້ວ", "3 ມິຖຸນາ 2024", "ສົມພອນ ແກ້ວ", "2024-06-03",
	    "ເຮືອຫາປາສິບເອັດລຳຍັງຈອດຢູ່ໃນທ່າເຮືອຕະຫຼອດລະດູໜາວນີ້ ເພາະນ້ຳກ້ອນປິດທາງອອກສູ່ທະເລ ຫ້ອງການທ່າເຮືອກ່າວໃນວັນຈັນ",
	    "ຫ້ອງການກ່າວວ່າບໍ່ມີໃຜຮູ້ວ່ານ້ຳກ້ອນຈະລະລາຍເມື່ອໃດ ແລະຄອບຄົວຕ່າງໆຢູ່ດ້ວຍເຄື່ອງທີ່ເຫຼືອໃນສາງເກົ່າໃກ້ຂົວ" },
	{ "vi", "Mười một chiếc thuyền ở lại bến cảng", "Tác giả: Nguyễn Thị Lan", "Thứ hai, 3/6/2024, 14:20 (GMT+7)", "Nguyễn Thị Lan", "2024-06-03T14:20+07:00",
	    "Mười một chiếc thuyền đánh cá đã ở lại bến cảng suốt mùa đông vì băng đóng kín lối ra biển, văn phòng cảng cho biết hôm thứ hai.",
	    "Văn phòng nói rằng không ai biết khi nào băng sẽ tan và các gia đình đang sống bằng những gì còn lại trong các nhà kho cũ gần cầu." },
	{ "vi", "Ngôi làng vẫn chờ con đường", "Viết bởi Trần Văn Minh", "ngày 3 tháng 6 năm 2024", "Trần Văn Minh", "2024-06-03",
	    "Người dân trong làng đã chờ hai năm để con đường duy nhất nối với thành phố được sửa chữa, và chính quyền hứa sẽ bắt đầu trước mùa đông.",
	    "Một cô giáo kể rằng bọn trẻ phải đi bộ một giờ mỗi sáng và những cơn mưa khiến con đường trở nên nguy hiểm cho tất cả mọi người." },
	{ "id", "Sebelas perahu tinggal di pelabuhan", "Penulis: Siti Rahma", "Senin, 3 Juni 2024 14:20 WIB", "Siti Rahma", "2024-06-03T14:20+07:00",
	    "Sebelas perahu nelayan tinggal di pelabuhan sepanjang musim dingin karena es menutup jalan ke laut, kata kantor pelabuhan pada hari Senin.",
	    "Kantor itu mengatakan tidak ada yang tahu kapan es akan mencair dan keluarga hidup dari apa yang tersisa di gudang lama dekat jembatan." },
	{ "ms", "Sebelas bot kekal di pelabuhan", "Oleh Ahmad Faiz", "3 Jun 2024, 2:20 petang", "Ahmad Faiz", "2024-06-03T14:20",
	    "Sebelas bot nelayan kekal di pelabuhan sepanjang musim sejuk kerana ais menutup laluan ke laut, kata pejabat pelabuhan pada Isnin lalu.",
	    "Pejabat itu berkata tiada sesiapa tahu bila ais akan cair dan keluarga kini hidup dengan apa yang tinggal di gudang lama berhampiran jambatan." },
	{ "tl", "Labing-isang bangka ang nanatili sa daungan", "Isinulat ni Maria Santos", "Hunyo 3, 2024", "Maria Santos", "2024-06-03",
	    "Labing-isang bangka ng mga mangingisda ang nanatili sa daungan buong taglamig dahil isinara ng yelo ang daan patungo sa dagat, ayon sa tanggapan.",
	    "Ayon sa tanggapan, walang nakakaalam kung kailan matutunaw ang yelo at ang mga pamilya ay nabubuhay sa natira sa mga lumang bodega." },
	{ "zh", "十一条渔船留在港口", "作者：张伟", "2024年6月3日 14:20", "张伟", "2024-06-03T14:20",
	    "港务办公室周一表示，由于冰层封住了通往大海的航道，十一条渔船整个冬天都留在港口里，渔民们只能在岸上等待。",
	    "办公室说，没有人知道冰什么时候会融化，各家各户现在靠桥边旧仓库里剩下的东西过日子，孩子们照常上学。" },
	{ "zh", "十一艘漁船留在港口", "記者陳大文／台北報導", "民國113年6月3日", "陳大文", "2024-06-03",
	    "港務辦公室週一表示，由於冰層封住了通往大海的航道，十一艘漁船整個冬天都留在港口裡，漁民們只能在岸上等待。",
	    "辦公室說，沒有人知道冰什麼時候會融化，各家各戶現在靠橋邊舊倉庫裡剩下的東西過日子，孩子們照常上學。" },
	{ "zh", "村民仍在等路", "文/李小红", "二〇二四年六月三日", "李小红", "2024-06-03",
	    "村民们已经等了两年，等待修好通往城里的唯一一条道路，镇政府答应在冬天到来之前开工，但是工人还没有来。",
	    "学校的一位老师说，孩子们每天早上要走一个小时，下雨的时候这条路对所有人来说都很危险，大家都很担心。" },
	{ "ja", "漁船十一隻、港に残る", "文：山田花子", "令和6年6月3日 14時20分", "山田花子", "2024-06-03T14:20",
	    "この冬、氷が海への水路をふさいだため、漁船十一隻が港に残ったままになっていると、港の事務所が月曜日に明らかにした。",
	    "事務所によると、氷がいつ解けるかは誰にも分からず、家族は橋のそばの古い倉庫に残ったもので暮らしているという。" },
	{ "ja", "村はまだ道を待つ", "佐藤健一記者", "2024/6/3(月) 14:20", "佐藤健一", "2024-06-03T14:20",
	    "村の人々は町へ通じるただ一本の道の修理を二年間待っており、役場は冬が来る前に工事を始めると約束している。",
	    "学校の先生は、子どもたちは毎朝一時間歩いて通っていて、雨が降ると道は誰にとっても危険になると話している。" },
	{ "ko", "어선 열한 척, 항구에 남다", "박서연 기자", "입력 2024.06.03 오후 2:20", "박서연", "2024-06-03T14:20",
	    "얼음이 바다로 나가는 길을 막아 어선 열한 척이 겨우내 항구에 남아 있었다고 항만 사무소가 월요일에 밝혔다.",
	    "사무소는 얼음이 언제 녹을지 아무도 모르며, 가족들은 다리 옆 낡은 창고에 남은 것으로 살아가고 있다고 말했다." },
	{ "ko", "마을은 아직 길을 기다린다", "글쓴이: 김민지", "2024년 6월 3일", "김민지", "2024-06-03",
	    "마을 사람들은 도시로 이어지는 하나뿐인 길이 고쳐지기를 두 해째 기다리고 있으며, 군청은 겨울 전에 공사를 시작하겠다고 약속했다.",
	    "학교의 한 교사는 아이들이 아침마다 한 시간을 걷고, 비가 오면 그 길이 모두에게 위험해진다고 말했다." },
	{ "ko", "어장에 새 배를 띄우다", "본사기자 리명철", "주체113(2024)년 6월 3일", "리명철", "2024-06-03",
	    "수산사업소의 일군들과 어로공들이 새로 무은 고기배 열한척을 어장에 띄우고 물고기잡이에 떨쳐나섰다고 사업소에서 전하였다.",
	    "사업소에서는 얼음이 녹는 때를 기다려 배들을 바다로 내보내고 마을의 살림집들에도 물고기를 보내주고있다고 한다." },
	{ "ko", "옛 신문의 한 면", "글: 이영희", "단기 4357년 6월 3일", "이영희", "2024-06-03",
	    "옛 신문을 모으는 사람들이 단기로 날짜를 적은 신문 한 면을 다시 찍어 냈는데, 그 안에는 항구의 겨울 이야기가 실려 있었다.",
	    "모임의 한 회원은 종이가 낡아 글자가 잘 보이지 않지만 배 열한 척의 이름은 모두 읽을 수 있었다고 말했다." },
	{ "ru", "Одиннадцать лодок остались в порту", "Автор: Анна Иванова", "3 июня 2024, 14:20", "Анна Иванова", "2024-06-03T14:20",
	    "Одиннадцать рыбацких лодок остались в порту на всю зиму, потому что лёд закрыл путь к морю, сообщила в понедельник контора порта.",
	    "В конторе сказали, что никто не знает, когда лёд растает, и что семьи живут тем, что осталось на старых складах у моста." },
	{ "ru", "Деревня ждёт дорогу", "Беседовала Ольга Петрова", "03.06.2024", "Ольга Петрова", "2024-06-03",
	    "Жители деревни уже два года ждут ремонта единственной дороги, которая связывает их с городом, и власти обещали начать до зимы.",
	    "Учительница рассказала, что дети каждое утро идут пешком целый час, а дождь делает дорогу опасной для всех." },
	{ "uk", "Одинадцять човнів лишилися в порту", "Авторка: Олена Шевченко", "3 червня 2024, 14:20", "Олена Шевченко", "2024-06-03T14:20",
	    "Одинадцять рибальських човнів лишилися в порту на всю зиму, бо крига закрила шлях до моря, повідомила в понеділок контора порту.",
	    "У конторі сказали, що ніхто не знає, коли розтане крига, і що родини живуть тим, що лишилося на старих складах біля мосту." },
	{ "be", "Адзінаццаць лодак засталіся ў порце", "Аўтар: Алесь Каваль", "3 чэрвеня 2024", "Алесь Каваль", "2024-06-03",
	    "Адзінаццаць рыбацкіх лодак засталіся ў порце на ўсю зіму, бо лёд закрыў шлях да мора, паведаміла ў панядзелак кантора порта.",
	    "У канторы сказалі, што ніхто не ведае, калі растане лёд, і што сем'і жывуць тым, што засталося на старых складах каля моста." },
	{ "bg", "Единайсет лодки останаха в пристанището", "Автор: Мария Петрова", "3 юни 2024 г., 14:20", "Мария Петрова", "2024-06-03T14:20",
	    "Единайсет рибарски лодки останаха в пристанището през цялата зима, защото ледът затвори пътя към морето, съобщиха от службата в понеделник.",
	    "От службата казаха, че никой не знае кога ще се стопи ледът и че семействата живеят с това, което е останало в старите складове." },
	{ "mk", "Единаесет чамци останаа во пристаништето", "Пишува: Ана Стојановска", "3 јуни 2024", "Ана Стојановска", "2024-06-03",
	    "Единаесет рибарски чамци останаа во пристаништето цела зима затоа што мразот го затвори патот кон морето, соопштија од канцеларијата.",
	    "Од канцеларијата рекоа дека никој не знае кога ќе се стопи мразот и дека семејствата живеат од тоа што останало во старите магацини." },
	{ "sr", "Једанаест чамаца остало у луци", "Аутор: Јелена Јовановић", "3. јун 2024.", "Јелена Јовановић", "2024-06-03",
	    "Једанаест рибарских чамаца остало је у луци целе зиме јер је лед затворио пут ка мору, саопштила је у понедељак лучка канцеларија.",
	    "У канцеларији кажу да нико не зна када ће се лед отопити и да породице живе од онога што је остало у старим магацинима." },
	{ "sr", "Selo još čeka put", "Piše: Milan Petrović", "03. 06. 2024.", "Milan Petrović", "2024-06-03",
	    "Meštani sela već dve godine čekaju popravku jedinog puta koji ih povezuje sa gradom, a opština je obećala da će radovi početi pre zime.",
	    "Učiteljica kaže da deca svakog jutra pešače čitav sat i da kiša put čini opasnim za sve ljude u ovom delu opštine." },
	{ "kk", "Он бір қайық айлақта қалды", "Автор: Айгүл Серікова", "3 маусым 2024, 14:20", "Айгүл Серікова", "2024-06-03T14:20",
	    "Мұз теңізге шығатын жолды жауып тастағандықтан, он бір балықшы қайығы қыс бойы айлақта қалды деп хабарлады кеңсе дүйсенбі күні.",
	    "Кеңсенің айтуынша, мұздың қашан еритінін ешкім білмейді және отбасылар көпір жанындағы ескі қоймаларда қалғанмен күн көріп отыр." },
	{ "mn", "Арван нэгэн завь боомтод үлдэв", "Сэтгүүлч: Б.Сараа", "2024 оны 6-р сарын 3", "Б.Сараа", "2024-06-03",
	    "Мөс далай руу гарах замыг хаасан тул загасчдын арван нэгэн завь өвөлжин боомтод үлдсэн гэж боомтын алба даваа гарагт мэдэгдэв.",
	    "Мөс хэзээ хайлахыг хэн ч мэдэхгүй бөгөөд айл өрхүүд гүүрний дэргэдэх хуучин агуулахад үлдсэн зүйлээр амьдарч байна гэж хэлжээ." },
	{ "ka", "თერთმეტი ნავი ნავსადგურში დარჩა", "ავტორი: ნინო ბერიძე", "3 ივნისი 2024, 14:20", "ნინო ბერიძე", "2024-06-03T14:20",
	    "თერთმეტი სათევზაო ნავი მთელი ზამთარი ნავსადგურში დარჩა, რადგან ყინულმა ზღვისკენ მიმავალი გზა ჩაკეტა, განაცხადა სამსახურმა ორშაბათს.",
	    "სამსახურში თქვეს, რომ არავინ იცის, როდის გადნება ყინული და ოჯახები ძველ საწყობებში დარჩენილი მარაგით ცხოვრობენ." },
	{ "hy", "Տասնմեկ նավակ մնաց նավահանգստում", "Հեղինակ՝ Անի Գրիգորյան", "3 հունիսի, 2024", "Անի Գրիգորյան", "2024-06-03",
	    "Ձկնորսների տասնմեկ նավակ ամբողջ ձմեռ մնաց նավահանգստում, քանի որ սառույցը փակել էր ծովի ճանապարհը, հայտնեց գրասենյակը երկուշաբթի։",
	    "Գրասենյակում ասացին, որ ոչ ոք չգիտի, թե երբ կհալվի սառույցը, և ընտանիքներն ապրում են հին պահեստներում մնացածով։" },
	{ "am", "አስራ አንድ ጀልባዎች በወደብ ቀሩ", "ዘጋቢ፦ አበበ ከበደ", "ግንቦት 26 ቀን 2016 ዓ.ም.", "አበበ ከበደ", "2024-06-03",
	    "በረዶ ወደ ባህር የሚወስደውን መንገድ ስለዘጋ አስራ አንድ የዓሣ አጥማጆች ጀልባዎች ክረምቱን ሙሉ በወደብ መቅረታቸውን ጽሕፈት ቤቱ ሰኞ ዕለት አስታወቀ።",
	    "በረዶው መቼ እንደሚቀልጥ ማንም እንደማያውቅና ቤተሰቦች በድልድዩ አጠገብ ባሉት አሮጌ መጋዘኖች በቀረው ነገር እንደሚኖሩ ጽሕፈት ቤቱ ገልጿል።" },
	{ "sw", "Mashua kumi na moja zabaki bandarini", "Imeandikwa na Amina Juma", "3 Juni 2024", "Amina Juma", "2024-06-03",
	    "Mashua kumi na moja za wavuvi zilibaki bandarini wakati wote wa baridi kwa sababu barafu ilifunga njia ya kwenda baharini, ofisi ilisema Jumatatu.",
	    "Ofisi ilisema hakuna anayejua barafu itayeyuka lini na familia zinaishi kwa kile kilichobaki katika maghala ya zamani karibu na daraja." },
	{ "tr", "On bir tekne limanda kaldı", "Yazan: Ayşe Demir", "03 Haziran 2024 14:20", "Ayşe Demir", "2024-06-03T14:20",
	    "Buz denize çıkan yolu kapattığı için on bir balıkçı teknesi bütün kış limanda kaldı, liman ofisi pazartesi günü yaptığı açıklamada söyledi.",
	    "Ofis, buzun ne zaman eriyeceğini kimsenin bilmediğini ve ailelerin köprünün yanındaki eski depolarda kalanlarla yaşadığını belirtti." },
	{ "az", "On bir qayıq limanda qaldı", "Müəllif: Leyla Əliyeva", "3 iyun 2024", "Leyla Əliyeva", "2024-06-03",
	    "Buz dənizə gedən yolu bağladığı üçün on bir balıqçı qayığı bütün qış limanda qaldı, liman idarəsi bazar ertəsi günü məlumat verdi.",
	    "İdarə bildirdi ki, buzun nə vaxt əriyəcəyini heç kim bilmir və ailələr körpünün yanındakı köhnə anbarlarda qalanlarla yaşayırlar." },
	{ "uz", "O'n bitta qayiq bandargohda qoldi", "Muallif: Dilnoza Karimova", "2024-yil 3-iyun", "Dilnoza Karimova", "2024-06-03",
	    "Muz dengizga chiqadigan yo'lni yopib qo'ygani uchun o'n bitta baliqchi qayig'i butun qish bandargohda qoldi, dedi idora dushanba kuni.",
	    "Idora ma'lumotiga ko'ra, muz qachon erishini hech kim bilmaydi va oilalar ko'prik yonidagi eski omborlarda qolgan narsalar bilan yashamoqda." },
	{ "el", "Έντεκα βάρκες έμειναν στο λιμάνι", "Της Μαρίας Παππά", "3 Ιουνίου 2024, 14:20", "Μαρίας Παππά", "2024-06-03T14:20",
	    "Έντεκα ψαρόβαρκες έμειναν στο λιμάνι όλο τον χειμώνα, επειδή ο πάγος έκλεισε τον δρόμο προς τη θάλασσα, ανακοίνωσε το γραφείο τη Δευτέρα.",
	    "Το γραφείο είπε ότι κανείς δεν ξέρει πότε θα λιώσει ο πάγος και ότι οι οικογένειες ζουν με όσα απέμειναν στις παλιές αποθήκες." },
	{ "pl", "Jedenaście łodzi zostało w porcie", "Autor: Ewa Nowak", "3 czerwca 2024, 14:20", "Ewa Nowak", "2024-06-03T14:20",
	    "Jedenaście łodzi rybackich zostało w porcie przez całą zimę, ponieważ lód zamknął drogę do morza, poinformowało w poniedziałek biuro portu.",
	    "Biuro podało, że nikt nie wie, kiedy lód stopnieje, a rodziny żyją z tego, co zostało w starych magazynach przy moście." },
	{ "cs", "Jedenáct lodí zůstalo v přístavu", "Napsala Jana Nováková", "3. června 2024, 14:20", "Jana Nováková", "2024-06-03T14:20",
	    "Jedenáct rybářských lodí zůstalo celou zimu v přístavu, protože led uzavřel cestu k moři, oznámila v pondělí přístavní kancelář.",
	    "Kancelář uvedla, že nikdo neví, kdy led roztaje, a že rodiny žijí z toho, co zbylo ve starých skladech u mostu." },
	{ "sk", "Jedenásť lodí zostalo v prístave", "Autor: Peter Kováč", "3. júna 2024 o 14:20", "Peter Kováč", "2024-06-03T14:20",
	    "Jedenásť rybárskych lodí zostalo celú zimu v prístave, pretože ľad uzavrel cestu k moru, oznámila v pondelok prístavná kancelária.",
	    "Kancelária uviedla, že nikto nevie, kedy sa ľad roztopí, a že rodiny žijú z toho, čo zostalo v starých skladoch pri moste." },
	{ "hu", "Tizenegy hajó maradt a kikötőben", "Írta: Kovács Anna", "2024. június 3. 14:20", "Kovács Anna", "2024-06-03T14:20",
	    "Tizenegy halászhajó maradt egész télen a kikötőben, mert a jég elzárta a tengerhez vezető utat, közölte hétfőn a kikötői hivatal.",
	    "A hivatal szerint senki sem tudja, mikor olvad el a jég, és a családok abból élnek, ami a híd melletti régi raktárakban megmaradt." },
	{ "ro", "Unsprezece bărci au rămas în port", "Scris de Ioana Popescu", "3 iunie 2024, 14:20", "Ioana Popescu", "2024-06-03T14:20",
	    "Unsprezece bărci de pescuit au rămas în port toată iarna, pentru că gheața a închis drumul spre mare, a anunțat luni biroul portului.",
	    "Biroul a spus că nimeni nu știe când se va topi gheața și că familiile trăiesc din ce a rămas în vechile depozite de lângă pod." },
	{ "fi", "Yksitoista venettä jäi satamaan", "Teksti: Maija Virtanen", "3.6.2024 klo 14.20", "Maija Virtanen", "2024-06-03T14:20",
	    "Yksitoista kalastusvenettä jäi satamaan koko talveksi, koska jää sulki tien merelle, satamatoimisto kertoi maanantaina aamulla.",
	    "Toimiston mukaan kukaan ei tiedä, milloin jää sulaa, ja perheet elävät sillä, mitä vanhoihin varastoihin sillan luona on jäänyt." },
	{ "et", "Üksteist paati jäi sadamasse", "Autor: Kati Tamm", "3. juuni 2024 14:20", "Kati Tamm", "2024-06-03T14:20",
	    "Üksteist kalapaati jäi terveks talveks sadamasse, sest jää sulges tee merele, teatas sadama kontor esmaspäeval hommikul.",
	    "Kontori sõnul ei tea keegi, millal jää sulab, ja pered elavad sellest, mis on vanadesse ladudesse silla juures alles jäänud." },
	{ "lv", "Vienpadsmit laivas palika ostā", "Autore: Ilze Bērziņa", "2024. gada 3. jūnijs, 14:20", "Ilze Bērziņa", "2024-06-03T14:20",
	    "Vienpadsmit zvejas laivas visu ziemu palika ostā, jo ledus aizslēdza ceļu uz jūru, pirmdien paziņoja ostas birojs.",
	    "Birojā teica, ka neviens nezina, kad ledus izkusīs, un ka ģimenes dzīvo no tā, kas palicis vecajās noliktavās pie tilta." },
	{ "lt", "Vienuolika valčių liko uoste", "Autorius: Jonas Kazlauskas", "2024 m. birželio 3 d. 14:20", "Jonas Kazlauskas", "2024-06-03T14:20",
	    "Vienuolika žvejų valčių visą žiemą liko uoste, nes ledas uždarė kelią į jūrą, pirmadienį pranešė uosto kontora.",
	    "Kontora teigė, kad niekas nežino, kada ledas ištirps, ir kad šeimos gyvena iš to, kas liko senuose sandėliuose prie tilto." },
	{ "pt", "Onze barcos ficaram no porto", "Por Ana Souza", "3 de junho de 2024 às 14h20", "Ana Souza", "2024-06-03T14:20",
	    "Onze barcos de pesca ficaram no porto durante todo o inverno porque o gelo fechou o caminho para o mar, disse o escritório na segunda-feira.",
	    "O escritório disse que ninguém sabe quando o gelo vai derreter e que as famílias vivem do que sobrou nos velhos armazéns junto à ponte." },
	{ "es", "Once barcos quedaron en el puerto", "Por Luis Gómez", "3 de junio de 2024, 14:20", "Luis Gómez", "2024-06-03T14:20",
	    "Once barcos de pesca quedaron en el puerto todo el invierno porque el hielo cerró el camino al mar, dijo el lunes la oficina del puerto.",
	    "La oficina dijo que nadie sabe cuándo se derretirá el hielo y que las familias viven de lo que quedó en los viejos almacenes." },
	{ "ca", "Onze barques van quedar al port", "Redactat per Marta Puig", "3 de juny de 2024", "Marta Puig", "2024-06-03",
	    "Onze barques de pesca van quedar al port tot l'hivern perquè el gel va tancar el camí cap al mar, va dir dilluns l'oficina del port.",
	    "L'oficina va dir que ningú no sap quan es fondrà el gel i que les famílies viuen del que queda als vells magatzems prop del pont." },
	{ "fr", "Onze bateaux sont restés au port", "Par Zoé Martin", "Publié le 3 juin 2024 à 14h20", "Zoé Martin", "2024-06-03T14:20",
	    "Onze bateaux de pêche sont restés au port tout l'hiver parce que la glace avait fermé la route de la mer, a dit lundi le bureau du port.",
	    "Le bureau a dit que personne ne sait quand la glace fondra et que les familles vivent de ce qui reste dans les vieux entrepôts." },
	{ "it", "Undici barche sono rimaste in porto", "di Anna Rossi", "3 giugno 2024 alle 14:20", "Anna Rossi", "2024-06-03T14:20",
	    "Undici barche da pesca sono rimaste in porto per tutto l'inverno perché il ghiaccio ha chiuso la via del mare, ha detto lunedì l'ufficio.",
	    "L'ufficio ha detto che nessuno sa quando il ghiaccio si scioglierà e che le famiglie vivono di quello che resta nei vecchi magazzini." },
	{ "de", "Elf Boote blieben im Hafen", "Von Jana Weiß und Kim Min-ji", "3. Juni 2024, 14:20 Uhr", "Jana Weiß; Kim Min-ji", "2024-06-03T14:20",
	    "Elf Fischerboote blieben den ganzen Winter im Hafen, weil das Eis den Weg zum Meer versperrte, teilte das Hafenamt am Montag mit.",
	    "Das Amt sagte, niemand wisse, wann das Eis schmelze, und die Familien lebten von dem, was in den alten Lagern an der Brücke liege." },
	{ "nl", "Elf boten bleven in de haven", "Door Jan de Vries", "3 juni 2024 om 14:20", "Jan de Vries", "2024-06-03T14:20",
	    "Elf vissersboten bleven de hele winter in de haven omdat het ijs de weg naar zee had afgesloten, zei het havenkantoor maandag.",
	    "Het kantoor zei dat niemand weet wanneer het ijs smelt en dat de gezinnen leven van wat er in de oude pakhuizen bij de brug ligt." },
	{ "sv", "Elva båtar blev kvar i hamnen", "Av Anna Lindqvist", "Publicerad 3 juni 2024 kl 14.20", "Anna Lindqvist", "2024-06-03T14:20",
	    "Elva fiskebåtar blev kvar i hamnen hela vintern eftersom isen stängde vägen till havet, meddelade hamnkontoret på måndagen.",
	    "Kontoret sade att ingen vet när isen smälter och att familjerna lever på det som finns kvar i de gamla magasinen vid bron." },
	{ "da", "Elleve både blev i havnen", "Af Mette Sørensen", "3. juni 2024 kl. 14:20", "Mette Sørensen", "2024-06-03T14:20",
	    "Elleve fiskerbåde blev liggende i havnen hele vinteren, fordi isen lukkede vejen ud til havet, oplyste havnekontoret mandag.",
	    "Kontoret sagde, at ingen ved, hvornår isen smelter, og at familierne lever af det, der er tilbage i de gamle lagre ved broen." },
	{ "no", "Elleve båter ble liggende i havnen", "Av Kari Nordmann", "03.06.2024 14:20", "Kari Nordmann", "2024-06-03T14:20",
	    "Elleve fiskebåter ble liggende i havnen hele vinteren fordi isen stengte veien ut til havet, opplyste havnekontoret mandag morgen.",
	    "Kontoret sa at ingen vet når isen smelter, og at familiene lever av det som er igjen i de gamle lagrene ved broen i byen." },
	{ "en", "Eleven boats stayed in the harbour", "By Ana Ruiz and Kim Min-ji", "June 3, 2024 2:20 p.m.", "Ana Ruiz; Kim Min-ji", "2024-06-03T14:20",
	    "Eleven fishing boats stayed in the harbour all winter because the ice had closed the way to the sea, the harbour office said on Monday.",
	    "The office said that nobody knew when the ice would melt, and that families lived on what was left in the old stores by the bridge." },
};

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

#define FURNITURE_1 "<nav><ul><li><a href=/a>One</a></li><li><a href=/b>Two</a></li><li><a href=/c>Three</a></li></ul></nav>"
#define FURNITURE_2 "<aside class=related><a href=/x>Another page, 1 May 2019</a> <a href=/y>And one more, 2 May 2019</a></aside>" \
	"<footer>&copy; 2025 The Desk</footer>"

/* Three ways to build a page: named by its makers; in bare paragraphs; people and day in one line of a table. */
static struct str
page_of(struct arena *a, const struct row *r, int way)
{
	struct buf b = BUF_INIT(64 * KiB);
	struct str page;

	buf_addf(&b, "<!doctype html><meta charset=utf-8><title>%s - The Desk</title>" FURNITURE_1, r->title);
	if (way == 0)
		buf_addf(&b, "<article><header><h1 class=headline>%s</h1><div class=meta><span class=byline>%s</span> <time>%s</time></div></header>",
		    r->title, r->byline, r->day);
	else if (way == 1)
		buf_addf(&b, "<div id=page><h1>%s</h1><p>%s</p><p>%s</p>", r->title, r->day, r->byline);
	else
		buf_addf(&b, "<table><tr><td><h2>%s</h2></td></tr><tr><td><small>%s</small><br><small>%s</small></td></tr><tr><td>", r->title, r->byline, r->day);
	for (int i = 0; i < 2; i++) {
		buf_add(&b, STR("<p>"));
		buf_add(&b, str_of(i == 0 ? r->first : r->second));
		buf_add(&b, STR("</p>"));
	}
	buf_add(&b, str_of(way == 0 ? "</article>" : way == 1 ? "</div>" : "</td></tr></table>"));
	buf_add(&b, STR(FURNITURE_2));
	page = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return page;
}

static struct str
people_of(struct arena *a, const struct article *r)
{
	struct buf b = BUF_INIT(4 * KiB);
	struct str s;

	for (size_t i = 0; i < r->byline.n; i++) {
		buf_add(&b, i > 0 ? STR("; ") : STR(""));
		buf_add(&b, r->byline.v[i]);
	}
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static void
check_way(int way)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct article_ask ask = { .media_type = STR("text/html") };
		char               day[CIVIL_SHOWN];
		struct arena       a;
		struct article     r;

		arena_init(&a, 64 * MiB, no_more, NULL);
		ask.body = bytes_of(page_of(&a, &rows[i], way));
		td_article_read(&a, &ask, &r);
		CHECK_STR(str_of(rows[i].title), r.title);
		CHECK_STR(str_of(rows[i].people), people_of(&a, &r));
		CHECK_STR(str_of(rows[i].published), r.published.precision == CIVIL_NONE ? STR("") : str_of(civil_iso(&r.published, day)));
		CHECK_STR(str_of(rows[i].language), str_sub(r.language, 0, str_find_char(r.language, '-')));
		CHECK_STR(STR("story"), str_of(article_kind_name[r.kind]));
		CHECK(str_find(r.text, str_of(rows[i].second)) != STR_NONE);
		arena_free(&a);
	}
}

static void
pages_whose_makers_name_their_parts(void)
{
	check_way(0);
}

static void
pages_of_bare_paragraphs(void)
{
	check_way(1);
}

static void
pages_laid_out_in_a_table(void)
{
	check_way(2);
}

TESTS(TEST(pages_whose_makers_name_their_parts), TEST(pages_of_bare_paragraphs), TEST(pages_laid_out_in_a_table))
