"""Language tags (BCP 47): what no reader of them would know, and what was meant.

Only what is certain is told: codes of two letters that no language or land has, codes of three letters for languages
that have one of two, and names in place of codes. Any other code of three letters is taken as it is.
Sources: ISO 639-1, ISO 639-2, ISO 3166-1; IANA Language Subtag Registry for what these have withdrawn.
"""

from __future__ import annotations

from typing import NamedTuple

# Each code of two letters, with those of three for the same language.
_LANGUAGES = """
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bh:bih
    bi:bis bm:bam bn:ben bo:bod/tib br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces/cze cu:chu cv:chv
    cy:cym/wel da:dan de:deu/ger dv:div dz:dzo ee:ewe el:ell/gre en:eng eo:epo es:spa et:est eu:baq/eus fa:fas/per
    ff:ful fi:fin fj:fij fo:fao fr:fra/fre fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin
    ho:hmo hr:hrv ht:hat hu:hun hy:arm/hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:ice/isl it:ita
    iu:iku ja:jpn jv:jav ka:geo/kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur
    kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mao/mri
    mk:mac/mkd ml:mal mn:mon mr:mar ms:may/msa mt:mlt my:bur/mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:dut/nld nn:nno
    no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh
    rn:run ro:ron/rum ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk/slo sl:slv sm:smo sn:sna so:som
    sq:alb/sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn
    to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho
    yi:yid yo:yor za:zha zh:chi/zho zu:zul
"""
_LANDS = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
    GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
    MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
    RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
# Withdrawn or reserved, and in the registry all the same.
_OTHER_LANGUAGES = "in iw ji jw mo sh"
_OTHER_LANDS = "AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT SU TA TP UN XK YD YU ZR"

_MEANT = {"cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "il": "he", "ir": "fa", "jp": "ja", "us": "en"}
_LANDS_MEANT = {"UK": "GB"}
_NAMES = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "farsi": "fa",
    "french": "fr",
    "german": "de",
    "hebrew": "he",
    "persian": "fa",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}
_SHORT = {long: pair.split(":")[0] for pair in _LANGUAGES.split() for long in pair.split(":")[1].split("/")}
_KNOWN = frozenset([*_SHORT.values(), *_OTHER_LANGUAGES.split()])
_REGIONS = frozenset([*_LANDS.split(), *_OTHER_LANDS.split()])
_LETTERS = 3  # of the longest code of a language


class Flaw(NamedTuple):
    """`right` is the tag that was meant, empty where that is not known."""

    what: str
    right: str


def flaw(tag: str) -> Flaw | None:
    """What is wrong with `tag`, whatever its capitals."""
    language, *rest = tag.lower().split("-")
    if len(language) == 1:  # private, or of the old register
        return None
    region = next((part.upper() for part in _before_extensions(rest) if len(part) == 2 and part.isalpha()), "")  # noqa: PLR2004
    what, better = _of_language(language)
    if region and region not in _REGIONS:
        what = what or f"no land has the code {region}"
    if not what:
        return None
    land = region if region in _REGIONS else _LANDS_MEANT.get(region, "")
    others = [land if part.upper() == region else part for part in rest]
    return Flaw(what, "-".join(part for part in (better, *others) if part) if better else "")


def _of_language(code: str) -> tuple[str, str]:
    """What is wrong with the code of a language, empty if nothing, and the code that was meant."""
    if code in _SHORT:
        return f"the language {code} is written {_SHORT[code]}", _SHORT[code]
    if len(code) > _LETTERS:
        return f"no language has the code {code}", _NAMES.get(code, "")
    if len(code) < _LETTERS and code not in _KNOWN:
        return f"no language has the code {code}", _MEANT.get(code, "")
    return "", code


def _before_extensions(parts: list[str]) -> list[str]:
    """The subtags up to the first of one letter, behind which they mean something else."""
    single = next((number for number, part in enumerate(parts) if len(part) == 1), len(parts))
    return parts[:single]
