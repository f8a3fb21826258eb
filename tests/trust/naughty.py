"""Strings that have broken programs, as the Big List of Naughty Strings gathers them by kind.

Control characters and invisible ones are written as escapes, so that this file stays plain text.
"""

from itertools import chain, product

RESERVED = [
    "undefined",
    "undef",
    "null",
    "NULL",
    "(null)",
    "nil",
    "NIL",
    "true",
    "false",
    "True",
    "False",
    "TRUE",
    "FALSE",
    "None",
    "hasOwnProperty",
    "then",
    "constructor",
    "__proto__",
    "__class__",
    "toString",
    "valueOf",
    "arguments",
    "this",
    "self",
    "super",
    "class",
    "def",
    "lambda",
    "import",
    "select",
    "from",
    "where",
    "delete",
    "drop",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "nan",
    "NaN",
    "inf",
    "Infinity",
    "-Infinity",
    "\\",
    "\\\\",
    "void",
    "typeof",
    "eval",
    "exec",
]

NUMBERS = [
    "0",
    "1",
    "1.00",
    "$1.00",
    "1/2",
    "1E2",
    "1E02",
    "1E+02",
    "-1",
    "-1.00",
    "-$1.00",
    "-1/2",
    "-1E2",
    "-1E02",
    "-1E+02",
    "1/0",
    "0/0",
    "-0",
    "+0",
    "-0.0",
    "+0.0",
    "0.00",
    "0..0",
    ".",
    "0.0.0",
    "0,00",
    "0,,0",
    ",",
    "0,0,0",
    "0.0/0",
    "1.0/0.0",
    "0.0/0.0",
    "1,0/0,0",
    "--",
    "-",
    "-.",
    "-,",
    "1#INF",
    "1#QNAN",
    "1#SNAN",
    "1#IND",
    "0x0",
    "0xffffffff",
    "0xffffffffffffffff",
    "0xabad1dea",
    "0123",
    "01000",
    "08",
    "09",
    "2147483647",
    "-2147483648",
    "2147483648",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "123456789012345678901234567890123456789",
    "1e1000",
    "1e-1000",
    "1.7976931348623157e309",
    "2.2250738585072011e-308",
    "1,000.00",
    "1'000.00",
    "1,000,000.00",
    "1.000,00",
    "1'000,00",
    "1.000.000,00",
    "0777",
    "1_000",
    "1e5",
    "١٢٣",
    "⅓",
    "½",
    "²",
    "³",
    "Ⅷ",
    "①",
    "12:30",
    "2024-02-30",
    "31/02/2024",
] + ["1 000.00", "1 000 000.00", "1 000,00", "9" * 96, "0." + "0" * 60 + "1"]

PUNCTUATION = [
    ",./;'[]\\-=",
    '<>?:"{}|_+',
    "!@#$%^&*()`~",
    *"!\"#$%&'()*+,./:;<=>?@[]^_`{|}~",
    "''",
    '""',
    "'\"'",
    "\"''''\"'\"",
    "\"'\"'\"''''\"",
    "<foo val=\u201cbar\u201d />",
    "<foo val=`bar' />",
    "\u2018kutip\u2019 \u201eganda\u201d \u00abmiring\u00bb",
]

#: Unseen, but not nothing: soft hyphens, joiners, marks of direction, odd spaces.
UNSEEN = [
    "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202d", "\u202e",
    "\u2060", "\u2061", "\u2066", "\u2069", "\u180e", "\ufeff", "\ufffe", "\U000e0001", "\u034f",
    "\u00a0", "\u1680", "\u2002", "\u2003", "\u2007", "\u2009", "\u200a", "\u202f", "\u205f",
    "\u3000", "\u2028", "\u2029", "\u0085", "\u115f", "\u3164", "\uffa0", "\u2800",
]  # fmt: skip
CONTROLS = [chr(code) for code in chain(range(0x20), range(0x7F, 0xA0))]

SYMBOLS = [
    "\u03a9\u2248\u00e7\u221a\u222b\u02dc\u00b5\u2264\u2265\u00f7",
    "\u00e5\u00df\u2202\u0192\u00a9\u02d9\u2206\u02da\u00ac\u2026\u00e6",
    "\u0153\u2211\u00b4\u00ae\u2020\u00a5\u00a8\u02c6\u00f8\u03c0",
    "\u00a1\u2122\u00a3\u00a2\u221e\u00a7\u00b6\u2022\u00aa\u00ba\u2013\u2260",
    "\u00b8\u02db\u00c7\u25ca\u0131\u02dc\u00c2\u00af\u02d8\u00bf",
    "\u00c5\u00cd\u00ce\u00cf\u02dd\u00d3\u00d4\uf8ff\u00d2\u00da\u00c6\u2603",
    "\u0152\u201e\u00b4\u2030\u02c7\u00c1\u00a8\u02c6\u00d8\u220f",
    "`\u2044\u20ac\u2039\u203a\ufb01\ufb02\u2021\u00b0\u00b7\u201a\u2014\u00b1",
    "\u215b\u215c\u215d\u215e",
    "\u2070\u2074\u2075", "\u2080\u2081\u2082", "\u2070\u2074\u2075\u2080\u2081\u2082",
    "\u0e14\u0e49\u0e49\u0e49\u0e49\u0e49\u0e47\u0e47\u0e47\u0e47\u0e47 \u0e14\u0e49\u0e49\u0e49",
    "".join(map(chr, range(0x401, 0x430))), "".join(map(chr, range(0x430, 0x460))),
    "".join(map(chr, range(0x660, 0x66A))),
]  # fmt: skip

TWO_BYTE = [
    "田中さんにあげて下さい", "パーティーへ行かないか", "和製漢語", "部落格", "사회과학원 어학연구소",
    "찦차를 타고 온 펲시맨과 쑛다리 똠방각하", "社會科學院語學研究所", "울란바토르", "𠜎𠜱𠝹𠱓𠱸𠲖𠳏", "新しい日本語の店",
    "Ⱥ", "Ⱦ", "ヽ༼ຈل͜ຈ༽ﾉ ヽ༼ຈل͜ຈ༽ﾉ", "(｡◕ ∀ ◕｡)", "｀ｨ(´∀｀∩", "__ﾛ(,_,*)", "・(￣∀￣)・:*:",
    "ﾟ･✿ヾ╲(｡◕‿◕｡)╱✿･ﾟ", ",。・:*:・゜’( ☻ ω ☻ )。・:*:・゜’", "(╯°□°）╯︵ ┻━┻", "(ﾉಥ益ಥ）ﾉ ┻━┻",
    "┬─┬ノ( º _ ºノ)", "( ͡° ͜ʖ ͡°)", "¯\\_(ツ)_/¯", "ＡＢＣ　１２３", "ｶﾞｷﾞｸﾞ", "İstanbul", "ß ẞ ſ", "ǆ ǅ Ǆ",
]  # fmt: skip

EMOJI = [
    "😍", "👩🏽", "👨‍🦰 👨🏿‍🦰 👨‍🦱", "👾 🙇 💁 🙅 🙆 🙋", "🐵 🙈 🙉 🙊", "❤️ 💔 💌 💕", "✋🏿 💪🏿 👐🏿", "👨‍👩‍👦 👨‍👩‍👧‍👦 👩‍❤️‍👨",
    "🚾 🆒 🆓 🆕", "0️⃣ 1️⃣ 2️⃣ 🔟", "🏳️‍🌈", "🏴‍☠️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍🍳 Kue", "🧑‍🤝‍🧑", "⚧️", "🇺🇸🇷🇺🇸 🇦🇫🇦🇲🇸", "🇮🇩🇲🇾",
    "🇺🇸🇷🇺🇸🇦🇫🇦🇲", "🇺", "🏳0🌈️",
]  # fmt: skip

RIGHT_TO_LEFT = [
    "ثم نفس سقطت وبالتحديد،, جزيرتي باستخدام", "בְּרֵאשִׁית, בָּרָא אֱלֹהִים", "הָיְתָהtestالصفحات التّحول",
    "﷽", "ﷺ", "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ اللُّغَةِ", "الكل في المجمو عة (5)", "abc\u202ecba\u202c", "\u2067kanan\u2069",
    "\u202a\u202atest\u202a", "\u202btest\u202b", "\u2029test\u2029", "test\u2060test\u202b",
    "\u2066test\u2067",
]  # fmt: skip

#: Letters under heaps of marks.
STACKED = [
    "".join(letter + "".join(chr(0x300 + (n * step) % 0x6F) for n in range(height)) for letter in word)
    for word, (height, step) in product(
        ["To", "invoke", "the", "hive", "Zalgo"], [(1, 7), (3, 11), (8, 5), (20, 13)]
    )
    if len(word) * (height + 1) <= 200
]  # fmt: skip

UPSIDE_DOWN = [
    "˙ɐnbᴉlɐ ɐuƃɐɯ ǝɹolop ʇǝ ǝɹoqɐl ʇn", "00˙Ɩ$-", "Ｔｈｅ ｑｕｉｃｋ ｂｒｏｗｎ ｆｏｘ", "𝐓𝐡𝐞 𝐪𝐮𝐢𝐜𝐤 𝐛𝐫𝐨𝐰𝐧", "𝕿𝖍𝖊 𝖖𝖚𝖎𝖈𝖐",
    "𝑻𝒉𝒆 𝒒𝒖𝒊𝒄𝒌", "𝓣𝓱𝓮 𝓺𝓾𝓲𝓬𝓴", "𝕋𝕙𝕖 𝕢𝕦𝕚𝕔𝕜", "𝚃𝚑𝚎 𝚚𝚞𝚒𝚌𝚔", "⒯⒣⒠ ⒬⒰⒤⒞⒦",
]  # fmt: skip

_TAGS = [
    "<script>{0}</script>", "&lt;script&gt;{0};&lt;/script&gt;", "<svg><script>{0}</script></svg>",
    "\"><script>{0}</script>", "'><script>{0}</script>", "><script>{0}</script>",
    "</script><script>{0}</script>", "< / script >< script >{0}< / script >", "onfocus={0} autofocus",
    "\" onfocus={0} autofocus", "' onfocus={0} autofocus", "\uff1cscript\uff1e{0}\uff1c/script\uff1e",
    "<sc<script>ript>{0}</sc</script>ript>", "--><script>{0}</script>", "\";{0};t=\"", "';{0};t='",
    "JavaScript:{0}", ";{0};", "src=JaVaSCript:{0}", "\"><img src=x onerror={0}>",
    "<img \\x00src=x onerror=\"{0}\">", "<IMG SRC=\"jav&#x09;ascript:{0};\">", "<a href='javas\\x00cript:{0}'>a</a>",
    "<body onload={0}>", "<iframe src=\"javascript:{0}\">", "<plaintext>{0}", "<svg/onload={0}>",
    "<math href=\"javascript:{0}\">x</math>", "<details open ontoggle={0}>", "<style>@import '{0}'</style>",
    "ABC<div style=\"x:\\x00expression({0})\">DEF", "<!--[if gte IE 4]>{0}<![endif]-->", "<b {0}=1>",
    "http://a/%%30%30#{0}", "<base href=\"javascript:{0}//\">", "<object data=\"data:text/html;{0}\">",
]  # fmt: skip
_CALLS = ["alert(1)", "alert('123')", "confirm(document.cookie)", "eval(name)"]
MARKUP = [tag.format(call) for tag, call in product(_TAGS, _CALLS)]

INJECTIONS = [
    "1;DROP TABLE users", "1'; DROP TABLE users-- 1", "' OR 1=1 -- 1", "' OR '1'='1", "'; EXEC sp_MSForEachTable--",
    " ", "%", "_", "1 UNION SELECT NULL,NULL--", "\\'; DROP TABLE industry_business;--", "admin'--", "x' AND 1=0 UNION ALL SELECT '', '81dc'",
    "-", "--", "--version", "--help", "$USER", "/dev/null; touch /var/x ; echo", "`touch /var/x`",
    "$(touch /var/x)", "@{[system \"touch /var/x\"]}", "eval(\"puts 'hello world'\")",
    "System(\"ls -al /\")", "`ls -al /`", "Kernel.exec(\"ls -al /\")", "Kernel.exit(1)", "%x('ls -al /')",
    "<?xml version=\"1.0\"?><!DOCTYPE foo [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]><foo>&xxe;</foo>",
    "<![CDATA[x]]>", "]]>", "&xxe;", "&#0;", "&#x1F;", "&amp;amp;", "$HOME", "$ENV{'HOME'}", "%d", "%s%s%s%s%s", "{0}", "%*.*s", "%@",
    "%n", "%%", "%08x", "File:///", "{}", "{name.__class__}", "%(x)s", "${7*7}", "#{7*7}", "<%= 7*7 %>", "*{7*7}", "@(7*7)",
    "{{ 7*7 }}", "{% print 'x' * 64 * 1024**3 %}", "{{ \"\".__class__.__mro__[2].__subclasses__() }}", "{% load static %}",
    "{% csrf_token %}", "{{ request.user }}", "{# #}", "{{", "%}", "../../../../../../../../etc/passwd%00",
    "../../../../../../../../etc/hosts", "..\\..\\windows\\win.ini", "file:///etc/passwd", "php://input", "() { 0; }; touch /var/x;",
    "() { _; } >_[$($())] { touch /var/x; }", "<<< %s(un='%s') = %u", "+++ATH0", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "=1+1",
    "CON PRN AUX CLOCK$ NUL A: ZZ: COM1 LPT1", "CON", "PRN", "AUX", "CLOCK$", "NUL", "A:", "COM1", "LPT1", "LPT3",
    "DCC SEND STARTKEYLOGGER 0 0 0", "Set-Cookie: a=b", "a\r\nX-Evil: 1", "\u00bf'?", "Content-Length: 0", "\\u0000", "\\x00", "%00",
]  # fmt: skip

INNOCENT = [
    "Scunthorpe General Hospital", "Penistone Community Church", "Lightwater Country Park", "Jimmy Clitheroe",
    "Horniman Museum", "shitake mushrooms", "RomansInSussex.co.uk", "Craig Cockburn", "Linda Callahan", "Dr. Herman I. Libshitz",
    "magna cum laude", "medieval erection of parapets", "evaluate", "mocha", "expression", "Arsenal canal", "classic", "Tyson Gay",
    "Dick Van Dyke", "basement", "O'Brien", "Ny. Siti \"Bunda\"", "PT. A&B <Jaya>", "D'Amplang", "U.D. 99%", "C.V. & Co.", "#1 Kue",
    "If you're reading this, you've been in a coma for almost 20 years now.", "Roses are \x1b[0;31mred\x1b[0m",
    "But now...\x1b[20Cfor my greatest trick...\x1b[8m", "The quic\b\b\b\b\b\bk brown fo\a\a\ax",
    "Power\u0644\u064f\u0644\u064f\u0635\u0651\u0628\u064f\u0644\u064f\u0644\u0635\u0651\u0628\u064f\u0631\u0631\u064b \u0963 \u0963h \u0963 \u0963 \u5197",
    "\u0c1c\u0c4d\u0c1e\u200c\u0c3e", "\u06af\u0686\u067e\u0698", "X" * 200, "X" * 201, "e\u0301" * 200, "e\u0301" * 201,
]  # fmt: skip

NAUGHTY = list(
    dict.fromkeys(
        chain(
            RESERVED, NUMBERS, PUNCTUATION, SYMBOLS, TWO_BYTE, EMOJI, RIGHT_TO_LEFT, STACKED,
            UPSIDE_DOWN, MARKUP, INJECTIONS, INNOCENT,
            UNSEEN, (f"Awal{char}akhir" for char in UNSEEN), (f"{char}Kue{char}" for char in UNSEEN),
            CONTROLS, (f"Awal{char}akhir" for char in CONTROLS),
        )
    )
)  # fmt: skip
