"""Posts once more under other names: who makes a thing, who writes, and where, must not decide how a post is read.

A name of a company, a person or a place is exchanged for another of its kind, and words of one gender for those of the
other, the same way through a whole post; the labels stay. (Counterfactual data augmentation: Lu et al. 2020,
*Gender Bias in Neural Natural Language Processing*; names alike in Prabhakaran et al. 2019, *Perturbation Sensitivity
Analysis*.) The texts of the challenges that test this are nowhere in it.
"""

from __future__ import annotations

import random
import re

NAMES = {
    "en": {
        "company": """Apple|Google|Microsoft|Samsung|iPhone|iPad|Android|Nokia|Sony|Amazon|Kindle|Netflix|YouTube|
            Facebook|Twitter|Xbox|Playstation|Nintendo|Nike|Adidas|Starbucks|McDonalds|Walmart|Target|Costco|
            Ikea|Tesla|Toyota|Ford|BMW|Honda|Audi|Comcast|Verizon|Sprint|AT&T|T-Mobile|Vodafone|Chase|HSBC|
            PayPal|Uber|Lyft|Airbnb|Delta|United|Ryanair|Southwest|FedEx|UPS|Dell|HP|Lenovo|Asus|LG|Canon|
            Nikon|Disney|Spotify|Instagram|Snapchat|Pinterest|Subway|Pepsi|Chipotle|Zara|Sephora|Experian|
            Equifax|TransUnion|Zalda|Monvera|Kirrup|Tandle|Ovelle|Brixo|Harrowby|Quillo|Senna Air|
            Pell & Moss|Nordvane|Lumica|Wrenfield|Dastro|Umbra""",
        "person": """John|James|David|Michael|Chris|Justin|Kevin|Ryan|Tom|Harry|Zayn|Liam|Niall|Louis|Ali|Omar|Ahmed|
            Raj|Arjun|Diego|Carlos|Hiroshi|Minh|Kwame|Tyrone|Sarah|Emma|Jessica|Taylor|Katie|Anna|Lucy|
            Selena|Hannah|Fatima|Aisha|Priya|Anjali|Maria|Lupe|Yuki|Mei|Nia|Keisha|Olga|Ingrid""",
        "place": """New York|Los Angeles|Chicago|Boston|Austin|Houston|Miami|Seattle|Atlanta|Dallas|Dublin|
            Manchester|Leeds|Glasgow|Sydney|Melbourne|Berlin|Madrid|Rome|Moscow|Istanbul|Cairo|Nairobi|Accra|
            Delhi|Karachi|Dhaka|Manila|Jakarta|Tokyo|Seoul|Beijing|Shanghai|Texas|Florida|California|Ohio|
            England|Scotland|Ireland|Australia|Brazil|Turkey|Iran|Russia|Japan|Korea|Egypt|Kenya|Pakistan|
            Poland""",
    },
    "zh": {
        "company": """华为|荣耀|苹果|三星|诺基亚|联想|戴尔|惠普|华硕|索尼|淘宝|天猫|京东|拼多多|当当|苏宁|美团|饿了么|
            滴滴|携程|抖音|快手|微博|知乎|豆瓣|优酷|爱奇艺|腾讯|百度|阿里|网易|肯德基|麦当劳|星巴克|瑞幸|
            喜茶|海底捞|必胜客|可口可乐|蒙牛|伊利|顺丰|圆通|申通|韵达|极兔|东航|川航|厦航|丰田|本田|奔驰|
            宝马|奥迪|比亚迪|吉利|长城|五菱|海尔|格力|海信|松下|飞利浦|耐克|阿迪达斯|安踏|李宁|优衣库|欧莱雅|
            资生堂|飘柔|海飞丝|潘婷|蓝月亮|汉庭|如家|七天|招商银行|农业银行|中国银行|微众|澜记|柏川|云朵家|
            青禾|拾味|诺一|鲸选|木白|北麓|知更|一苇|棠梨|万屿""",
        "person": """小明|小红|小李|小王|小张|老王|老李|李娜|王芳|张伟|刘洋|陈静|杨帆|赵敏|周杰|吴磊|孙丽|马超|古丽|
            巴特尔|卓玛|阿木|Tony|Lily|Amy|Jason|山田|佐佐木""",
        "place": """北京|广州|深圳|天津|重庆|成都|杭州|南京|西安|长沙|合肥|南昌|福州|厦门|昆明|贵阳|南宁|海口|哈尔滨|
            长春|大连|济南|青岛|石家庄|太原|呼和浩特|银川|兰州|西宁|拉萨|台北|澳门|温州|绵阳|赤峰|法国|英国|
            韩国|泰国|巴西|俄罗斯|加拿大|澳大利亚|土耳其|埃及|肯尼亚""",
    },
}  # fmt: skip
GENDERS = {
    "en": """he she|man woman|men women|boy girl|boys girls|guy lady|dad mom|father mother|brother sister|
            son daughter|husband wife|boyfriend girlfriend|uncle aunt|mr mrs|himself herself|sir madam""",
    "zh": """他 她|爸爸 妈妈|爸 妈|爷爷 奶奶|哥哥 姐姐|弟弟 妹妹|老公 老婆|先生 女士|儿子 女儿|男朋友 女朋友|
            男友 女友|小哥 小姐姐|叔叔 阿姨""",
}


def other_names(text: str, lang: str, chance: random.Random) -> str:
    """The text with each known name exchanged for one drawn of its kind, and genders for each other."""
    other: dict[str, str] = {}

    def instead(found: re.Match[str]) -> str:
        name = found[0].lower()
        if name not in other:
            kind = _KINDS[lang][name]
            other[name] = chance.choice(_LISTS[lang][kind]) if kind in _LISTS[lang] else kind
        return _cased(found[0], other[name])

    return _PATTERNS[lang].sub(instead, text)


def _cased(old: str, new: str) -> str:
    if old.islower():
        return new.lower()
    return new.upper() if old.isupper() and len(old) > 3 else new[:1].upper() + new[1:]


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("|")]


def _kinds(lang: str) -> dict[str, str]:
    """Every name in small letters with its kind; a word of one gender with the word that takes its place."""
    kinds = {name.lower(): kind for kind, names in _LISTS[lang].items() for name in names}
    for pair in _split(GENDERS[lang]):
        his, her = pair.split()
        kinds |= {his: her, her: his}
    return kinds


def _pattern(lang: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _KINDS[lang]), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)" if lang == "en" else names, re.IGNORECASE)


_LISTS = {lang: {kind: _split(names) for kind, names in kinds.items()} for lang, kinds in NAMES.items()}
_KINDS = {lang: _kinds(lang) for lang in NAMES}
_PATTERNS = {lang: _pattern(lang) for lang in NAMES}
