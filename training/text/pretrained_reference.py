"""A second implementation of the pretrained tokenisers, over python3-sentencepiece, to record what the .NET ones are compared with.

It is written from what Hugging Face's tokenization_*.py do (transformers 4), spelling by spelling as they work, and shares nothing with the .NET code, which
works on ids. On purpose it differs from those classes where Formwork does (docs/text.md):
- what stands in a text never turns into a special token (their split_special_tokens), but for T5's sentinels and a Marian source's target;
- a target is `>>...<<` without blanks and brackets, at the start (their newest version takes all up to the first `<<`, older ones up to the last);
- codes of languages are special tokens in Marian too;
- tokens that were added without being special join to the text as the Rust tokenisers join them.
"""
import json
import os
import re

import sentencepiece

from byte_level_bpe import BYTES, Encoder

SPACE = "\u2581"
MBART = ("ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV my_MM ne_NP nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN "
         "af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL ps_AF pt_XX sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK "
         "xh_ZA gl_ES sl_SI").split()
M2M100 = ("af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr ht hu hy id ig ilo is it ja jv ka kk km kn "
          "ko lb lg ln lo lt lv mg mk ml mn mr ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr uk ur uz vi wo xh yi yo "
          "zh zu").split()


def load(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Tokenizer:
    """What the families share: texts to spellings to ids, and back."""
    before, after = [], []

    def __init__(self, folder):
        self.folder = folder
        self.config = load(folder, "tokenizer_config.json")

    def spm(self, name, data=b""):
        with open(os.path.join(self.folder, name), "rb") as file:
            return sentencepiece.SentencePieceProcessor(model_proto=file.read() + data)

    def ids_of(self, text):
        return [self.unk if piece in self.special else self.id_of(piece) for piece in self.source.encode(text, out_type=str)]

    def encode(self, text, source=None, target=None):
        return self.ids_of(text) + [self.eos]

    def decode(self, ids):
        spellings = [self.spelling_of(i) for i in ids if 0 <= i < self.size]
        return self.target.decode([s for s in spellings if s is not None and s not in self.special]).strip()


class Marian(Tokenizer):
    def __init__(self, folder):
        super().__init__(folder)
        self.source, self.target = self.spm("source.spm"), self.spm("target.spm")
        self.vocabulary = load(folder, "vocab.json")
        targets = load(folder, "target_vocab.json") if self.config["separate_vocabs"] else self.vocabulary
        self.spellings = {i: s for s, i in targets.items()}
        self.size = len(targets)
        self.special = {"</s>", "<unk>", "<pad>"} | {s for s in {**self.vocabulary, **targets} if s.startswith(">>") and s.endswith("<<")}
        self.unk, self.eos = self.vocabulary["<unk>"], self.vocabulary["</s>"]

    def id_of(self, piece):
        return self.vocabulary.get(piece, self.unk)

    def spelling_of(self, i):
        return self.spellings[i]

    def encode(self, text, source=None, target=None):
        if target is not None:
            return [self.vocabulary[f">>{target}<<"]] + super().encode(text)
        tag = re.match(r">>[^\s<>]+<<", text)
        if tag:
            return [self.id_of(tag.group())] + super().encode(text[tag.end():])
        return super().encode(text)

    def decode(self, ids):
        spellings = [self.spellings[i] for i in ids if i in self.spellings]
        return self.target.decode([s for s in spellings if s not in self.special]).replace(SPACE, " ").strip()


class T5(Tokenizer):
    def __init__(self, folder):
        super().__init__(folder)
        self.legacy = self.config.get("legacy", True)
        # A later message of the same field is merged: no space before the text.
        self.source = self.target = self.spm("spiece.model", b"" if self.legacy else b"\x1a\x02\x18\x00")
        count, extra = self.source.get_piece_size(), self.config.get("extra_ids", 100)
        self.size = count + extra
        self.added = {f"<extra_id_{i}>": (count + extra - 1 - i, True, True) for i in range(extra)}
        self.special = {"</s>", "<unk>", "<pad>"} | set(self.added)
        for i, token in self.config.get("added_tokens_decoder", {}).items():
            self.size = max(self.size, int(i) + 1)
            if token["special"]:
                self.special.add(token["content"])
            if not token["special"] or token["content"].startswith("<extra_id_"):
                self.added[token["content"]] = (int(i), token["lstrip"], token["rstrip"])
            else:
                self.all_added = {**getattr(self, "all_added", {}), int(i): token["content"]}
        self.by_id = {**getattr(self, "all_added", {}), **{i: s for s, (i, _, _) in self.added.items()}}
        self.unk, self.eos = self.source.unk_id(), self.source.piece_to_id("</s>")

    def id_of(self, piece):
        return self.source.piece_to_id(piece)

    def spelling_of(self, i):
        return self.by_id[i] if i in self.by_id else self.source.id_to_piece(i)

    def pieces(self, text):
        if self.legacy or not text.startswith((SPACE, " ")):
            return self.source.encode(text, out_type=str)
        length = len(self.source.encode("<unk>", out_type=str))
        pieces = self.source.encode("<unk>" + text, out_type=str)
        return pieces[length:] if len(pieces) >= length else pieces

    def encode(self, text, source=None, target=None):
        if not self.legacy and text:
            text = SPACE + text.replace(SPACE, " ")
        parts, names = [], sorted(self.added, key=len, reverse=True)
        while True:
            found = re.search("|".join(map(re.escape, names)), text) if names else None
            part = text[:found.start()] if found else text
            if found and self.added[found.group()][1]:
                part = part.rstrip()
            if part:
                parts += [(p, None) for p in self.pieces(part)]
            if not found:
                break
            parts.append((found.group(), self.added[found.group()][0]))
            text = text[found.end():]
            if self.added[found.group()][2]:
                text = text.lstrip()
        if not self.legacy and len(parts) > 1 and parts[0] == (SPACE, None) and parts[1][1] is not None and parts[1][0] in self.special:
            parts = parts[1:]
        ids = [i if i is not None else self.unk if piece in self.special else self.id_of(piece) for piece, i in parts]
        return ids + [self.eos]


class Pegasus(Tokenizer):
    def __init__(self, folder):
        super().__init__(folder)
        self.source = self.target = self.spm("spiece.model")
        self.marks = dict(enumerate(["<pad>", "</s>", "<mask_1>", "<mask_2>"] + [f"<unk_{i}>" for i in range(2, 103)]))
        self.special = set(self.marks.values()) | {"<unk>"}
        self.size = self.source.get_piece_size() + 103
        self.unk, self.eos = self.source.unk_id() + 103, 1

    def id_of(self, piece):
        return self.source.piece_to_id(piece) + 103

    def spelling_of(self, i):
        return self.marks[i] if i in self.marks else self.source.id_to_piece(i - 103)


class Fairseq(Tokenizer):
    """mBART-25, mBART-50 and NLLB."""

    def __init__(self, folder, codes, extra=None):
        super().__init__(folder)
        self.source = self.target = self.spm("sentencepiece.bpe.model")
        self.marks = dict(enumerate(["<s>", "<pad>", "</s>", "<unk>"]))
        end = self.source.get_piece_size() + 1
        for code in codes + ["<mask>"]:
            self.marks[end] = code
            end += 1
        for code, i in (extra or {}).items():
            self.marks[i] = code
            end = i + 1
        self.codes = {code: i for i, code in self.marks.items()}
        self.special = set(self.marks.values())
        self.size, self.unk, self.eos = end, 3, 2

    def id_of(self, piece):
        i = self.source.piece_to_id(piece)
        return i + 1 if i else self.unk

    def spelling_of(self, i):
        return self.marks[i] if i in self.marks else self.source.id_to_piece(i - 1)

    def decode(self, ids):
        spellings = [self.spelling_of(i) for i in ids if 0 <= i < self.size]
        return "".join(s for s in spellings if s not in self.special).replace(SPACE, " ").strip()

    def encode(self, text, source=None, target=None):
        code = self.codes[source or self.config.get("src_lang") or self.default]
        return self.ids_of(text) + [self.eos, code] if self.language_last else [code] + self.ids_of(text) + [self.eos]


class MBart(Fairseq):
    language_last, default = True, "en_XX"

    def __init__(self, folder):
        super().__init__(folder, MBART[:25])


class MBart50(Fairseq):
    language_last, default = False, "en_XX"

    def __init__(self, folder):
        super().__init__(folder, MBART, load(folder, "added_tokens.json"))


class Nllb(Fairseq):
    default = "eng_Latn"

    def __init__(self, folder):
        # The list of 202 languages is not repeated here: these three stand at the places that the published checkpoints give them.
        config = load(folder, "tokenizer_config.json")
        codes = config.get("additional_special_tokens")
        if codes is None:
            codes = [f"<language {i}>" for i in range(202)]
            codes[46], codes[56], codes[201] = "eng_Latn", "fra_Latn", "zul_Latn"
        super().__init__(folder, codes)
        self.language_last = config.get("legacy_behaviour", False)


class M2M(Tokenizer):
    def __init__(self, folder):
        super().__init__(folder)
        self.source = self.target = self.spm("sentencepiece.bpe.model")
        self.vocabulary = load(folder, "vocab.json")
        self.spellings = {i: s for s, i in self.vocabulary.items()}
        self.codes = {code: len(self.vocabulary) + i for i, code in enumerate(M2M100)}
        self.special = {"<s>", "<pad>", "</s>", "<unk>"} | {f"__{code}__" for code in M2M100}
        self.size = len(self.vocabulary) + len(M2M100) + 8
        self.unk, self.eos = self.vocabulary["<unk>"], self.vocabulary["</s>"]

    def id_of(self, piece):
        return self.vocabulary.get(piece, self.unk)

    def spelling_of(self, i):
        return self.spellings.get(i)

    def encode(self, text, source=None, target=None):
        return [self.codes[source or "en"]] + self.ids_of(text) + [self.eos]


class Added(Tokenizer):
    """Byte vocabularies: texts are cut at tokens that are found in them, and those that were added join as they are spelled."""
    found, spelled = {}, {}

    def cut(self, text):
        ids, names = [], sorted(self.found, key=len, reverse=True)
        while True:
            found = re.search("|".join(map(re.escape, names)), text) if names else None
            part = text[:found.start()] if found else text
            ids += self.ids_of(part) if part else []
            if not found:
                return ids
            ids.append(self.found[found.group()])
            text = text[found.end():]

    def decode(self, ids):
        text, data = "", b""
        for i in ids:
            if i in self.spelled:
                text, data = text + data.decode("utf-8", errors=self.errors) + self.spelled[i], b""
            else:
                data += self.bytes_of(i)
        return text + data.decode("utf-8", errors=self.errors)


class Bart(Added):
    errors = "replace"

    def __init__(self, folder):
        super().__init__(folder)
        self.encoder = Encoder(folder)
        self.names = {i: s for s, i in self.encoder.ids.items()}
        self.special = {"<s>", "<pad>", "</s>", "<unk>", "<mask>", "<2fr>"}
        added = load(folder, "added_tokens.json")
        self.names.update({i: s for s, i in added.items()})
        self.found = {s: i for s, i in added.items() if s not in self.special}
        self.spelled = {i: s for s, i in self.found.items()}
        self.size = len(self.names)

    def spelling_of(self, i):
        return self.names[i]

    def ids_of(self, text):
        if self.config.get("add_prefix_space") and not text.startswith(" "):
            text = " " + text
        return self.encoder.encode(text)

    def bytes_of(self, i):
        name = self.names.get(i)
        return b"" if name is None or name in self.special else bytes(BYTES[letter] for letter in name)

    def encode(self, text, source=None, target=None):
        return [0] + self.cut(text) + [2]


class ByT5(Added):
    errors = "ignore"

    def __init__(self, folder):
        super().__init__(folder)
        self.found = {f"<extra_id_{i}>": 259 + i for i in range(125)}
        self.special = {"<pad>", "</s>", "<unk>"} | set(self.found)
        self.size = 384

    def spelling_of(self, i):
        return ["<pad>", "</s>", "<unk>"][i] if i < 3 else chr(i - 3) if i < 259 else f"<extra_id_{i - 259}>"

    def ids_of(self, text):
        return [byte + 3 for byte in text.encode("utf-8")]

    def bytes_of(self, i):
        return bytes([i - 3]) if 3 <= i < 259 else b""

    def encode(self, text, source=None, target=None):
        return self.cut(text) + [1]


KINDS = {"marian": Marian, "marian-separate": Marian, "t5": T5, "t5-new": T5, "mt5": T5, "pegasus": Pegasus, "mbart": MBart, "mbart50": MBart50, "m2m100": M2M,
         "nllb": Nllb, "nllb-legacy": Nllb, "bart": Bart, "bart-prefix": Bart, "byt5": ByT5}

# Languages that the program names, beside what the files say.
CASES = [(name, None, None) for name in KINDS] + [
    ("marian", "eng", "zh-CN"), ("marian-separate", "eng", "fra"), ("mbart", "fr_XX", "ro_RO"), ("mbart50", "br_FR", "sl_SI"), ("m2m100", "zu", "fr"),
    ("nllb", "zul_Latn", "fra_Latn"), ("nllb-legacy", "zho_Hans", "deu_Latn")]
