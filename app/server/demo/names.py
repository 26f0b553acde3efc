"""Names that nobody bears: people, firms and shops, made of common syllables, with their romanised forms."""

from random import Random

from pypinyin import lazy_pinyin

from app.server.demo.said import Said

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹彭肖田董袁潘蒋蔡余杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆汪范"
    "石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶贺顾毛郝龚邵万钱严洪武戴莫孔汤"
)
_WOMEN = ("桂秀淑慧晓雅文丽玉春美佳婷若静思雨梦嘉欣", "芳兰英珍华琴敏萍娟红霞燕梅莉洁怡然彤琳颖")
_MEN = ("建国志文永立海启伟家冬德明少宏俊子浩宇泽", "平强斌军华明伟东生群辉波峰亮超健龙成林轩")
_FIRM_FIRST = "澄岚溪禾屿朗映砚芷沐澜珩霁疏栖涵拙渚岫筠"
_FIRM_SECOND = "川野舟麓原泊汀岸石序木亭屏序帆"
_FIRM_TRADES = (
    Said("软件", "Software"),
    Said("设计", "Design"),
    Said("律师事务所", "Law"),
    Said("会计师事务所", "Accountants"),
    Said("广告", "Advertising"),
    Said("贸易", "Trading"),
    Said("供应链", "Supply Chain"),
    Said("咨询", "Consulting"),
    Said("医疗器械", "Medical Devices"),
    Said("建筑设计", "Architects"),
    Said("人力资源", "Staffing"),
    Said("检测技术", "Testing"),
    Said("文化传媒", "Media"),
    Said("旅行社", "Travel"),
)
_SHOP_TRADES = (
    Said("茶铺", "Tea"),
    Said("面馆", "Noodles"),
    Said("火锅", "Hotpot"),
    Said("烘焙", "Bakery"),
    Said("咖啡", "Coffee"),
    Said("童装", "Kidswear"),
    Said("女装", "Fashion"),
    Said("鞋履", "Shoes"),
    Said("眼镜", "Optics"),
    Said("数码", "Digital"),
    Said("书店", "Books"),
    Said("美甲", "Nails"),
    Said("理发", "Hair"),
    Said("健身", "Fitness"),
    Said("玩具", "Toys"),
    Said("家居", "Home"),
    Said("珠宝", "Jewellery"),
    Said("花店", "Flowers"),
    Said("烤肉", "Grill"),
    Said("甜品", "Desserts"),
)
_READ_OTHERWISE = {"覃": "qin", "曾": "zeng", "尹": "yin", "任": "ren"}


class NameBook:
    """Hands out names, no person's twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()

    def reserve(self, *names: str) -> None:
        """Keep names from being handed out: somebody bears them already."""
        self._taken.update(names)

    def person(self, *, is_woman: bool, surname: str = "") -> Said:
        """Somebody new, of a family where one is given."""
        while True:
            first, second = _WOMEN if is_woman else _MEN
            given = self._random.choice(first) + self._random.choice(second)
            name = (surname or self._random.choice(_SURNAMES)) + given
            if name not in self._taken and given[0] != given[1]:
                self._taken.add(name)
                return romanised(name)

    def firm(self) -> Said:
        """A firm that rents offices."""
        return self._business(_FIRM_TRADES)

    def shop(self) -> Said:
        """A shop or restaurant of a mall."""
        return self._business(_SHOP_TRADES)

    def _business(self, trades: tuple[Said, ...]) -> Said:
        while True:
            word = self._random.choice(_FIRM_FIRST) + self._random.choice(_FIRM_SECOND)
            trade = self._random.choice(trades)
            name = Said(word + trade.zh, f"{_joined(word)} {trade.en}")
            if name.zh not in self._taken:
                self._taken.add(name.zh)
                return name


def romanised(name: str) -> Said:
    """A person's name of one-character surname, as both languages write it: ``吴桂芳``, ``Wu Guifang``."""
    return Said(name, f"{_joined(name[0])} {_joined(name[1:])}")


def _joined(characters: str) -> str:
    """``Guifang``, ``Xi'an``: an apostrophe before a vowel that would be read with what stands before it."""
    spoken = ""
    for character in characters:
        syllable = _READ_OTHERWISE.get(character) or lazy_pinyin(character)[0]
        spoken += f"'{syllable}" if spoken and syllable[0] in "aeo" else syllable
    return spoken.capitalize()
