"""Strings chosen to be awkward, which every vocabulary's results are recorded of."""

STRINGS = [
    "", " ", "   ", "\t", "\n", "\r\n", " \t \n ", "\u00a0", "\u3000\u3000", "\u2003 \u2009", "a", " a", "a ", " a  b ", "a\tb\nc\r\nd",
    "A man in a blue shirt.", "Un homme en chemise bleue.", "Deux jeunes hommes blancs sont dehors pr\u00e8s de buissons.",
    "e\u0301te\u0301", "\u00e9t\u00e9", "E\u0301TE\u0301", "e\u0301\u0323", "\u1eb9\u0301", "e\u0323\u0301", "a\u0300\u0301\u0302\u0303\u0304\u0305",
    "\u0301", " \u0301x", "\ufb01ne \ufb02ow o\ufb03ce \ufb05", "\uff21\uff22\uff23 \uff11\uff12\uff13\uff01\uff0e", "\uff76\uff9e\uff71", "\u337f \u3314 \ufdfa",
    "\u2460 \u00bd \u2122 \u212b \u03a9 \u2126", "\u00adso\u00adft", "zero\u200bwidth \u200c\u200d", "\ufeffBOM first", "BOM \ufeff inside",
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family", "\U0001f44d\U0001f3fd", "\U0001f1eb\U0001f1f7\U0001f1ec\U0001f1e7", "x\U0001f642y\U0001f642",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u0644\u0627\u064b \u0651", "\u202bright to left\u202c", "\u1100\u1161\u11a8 \uac01 \uac00\u11a8", "\u3131\u314f",
    "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a", "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22", "\u0939\u093f\u0928\u094d\u0926\u0940", "\U0001d518\U0001d54f \U00010348",
    "\u0000", "a\u0000b", "\u0001\u0002\u001f\u007f\u0080\u009f", "\ufffd", "a\ufffdb", "\ufffd\ufffd\ufffd", "\U0010ffff\ue000\ufdd0\uffff",
    "\u2581", "\u2581\u2581", "\u2581a", "a\u2581", "a\u2581b \u2581 c", " \u2581 ", "\u2581 \u2581",
    "<s>", "</s>", "<unk>", "<pad>", "a </s> b", "<s>A man</s>", "<2fr> A man", "[B] x [E] [P]", "<0x41>", "<0xC3><0xA9>", "\u2047", " \u2047 ",
    "<sep>", "a<sep>b", "a <sep> b", "<sep><sep2><sep2>", "<sep", "<mask>", "a <mask> b", "\u2581<mask>", "two words", "a two words b", "two  words", "twotwo wordswords",
    "sing a song, singing", "\ufb01x it", "\u00e9t\u00e9 <sep>e\u0301te\u0301", "ing<sep>ing\U0001f642ing", "  <sep>  ", "ABC AB A B", "stra\u00dfe \u2026 \u2026",
    "don't \u201cquote\u201d \u2014 dash\u2013dash \u2026", "1,234.56 \u20ac 50% #tag @you http://a.b/c?d=e&f", "UPPER lower MiXeD", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "anticonstitutionnellement" * 8, "ab" * 100, " a" * 100, "\u00e9" * 60, "\U0001f600" * 40, "\u4e00\u4e01\u4e02" * 30, "\u2581" * 50, "x " * 60 + "x",
]
LONG = [("a", 100_000), (" ", 10_000), ("\u2581", 10_000), ("the ", 20_000), ("\u00e9", 20_000), ("\u4e00", 20_000), ("e\u0301", 10_000), ("<sep>", 5_000), ("\n", 5_000), ("ing ", 10_000)]

# What a pre-tokeniser by GPT-2's regular expression cuts apart.
WORDS = [
    "it's we're I've I'm you'll he'd can't", "IT'S WE'RE", "'s 't 're 've 'm 'll 'd", " 's", "''s", "'", "''", "x'", "'sx'rey'vez'llw", "'r 'v 'l 'S", "\u2019s l'homme aujourd'hui",
    "a\tb", "a \tb", "a\t b", "\t\ta", "a \n b", "a\n\nb", "a\r\nb\r\n", "\r\n\r\n", "a\u00a0b", "a\u00a0\u00a0b", "a \u00a0b", "a\u00a0 b", "a\u3000b\u3000\u3000c", "a\u2028b\u2029c\u0085d", "\u1680x\u205fy\u202f",
    "\ufeffa \ufeff", "a\u180eb", "a\u200bb", "a\u001cb \u001d\u001e\u001f", "end ", "end  ", "end \t", "  two", "   three", " ", "  ", "\n a",
    "abc123def", "1st 2nd", "3.14 1,000", "\u0663\u0664\u0665 \u096a\u096b", "x\u00b2 \u2167 \u2460 \u00bd", "\uff11\uff12", "\U0001d7d8\U0001d7d9", "\U00010107a",
    "a\u0301b e\u0301", "\u0301\u0301a", "\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u094d\u0937", "\u0e01\u0e33\u0e25\u0e31\u0e07", "\u1100\u1161\u11a8",
    "!!! ... ?!", " !a", "a!b", "(a) [b] {c}", "#version: 0.2", "$1 \u20ac2", "a_b", "__init__(self):", "    return x\n", "\\d+ \\p{L}",
    "\U0001f468\u200d\U0001f469 \U0001f44d\U0001f3fd!", "\U0001f642a \U0001f6421", "\U00020000\U0002a6d6 \U00010400", "\ue000 \U000f0000", "\u0378 \U0010fffe",
    "\u0000\u0001 \u0007\u0008", "\u007fa", "<s></s><pad><unk><mask>", "<|endoftext|>", "\u0120the \u010a", "a\u0120b",
]
WORDS_LONG = [("'s", 5_000), ("a1", 10_000), (" !", 10_000), ("\t", 10_000), ("\u00a0x", 5_000), ("\U0001f642", 10_000), ("ab", 50_000), ("\u0000", 5_000), ("\r\n", 5_000)]
