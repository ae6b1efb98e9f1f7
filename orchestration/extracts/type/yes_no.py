"""Words for yes and no, in the languages of exports; Excel writes TRUE as WAHR, VRAI, VERDADERO, PRAWDA, DOĞRU."""

YES = (
    "true", "t", "yes", "y", "1", "да", "ja", "oui", "sí", "si", "sì", "sim", "tak", "evet", "так", "ano", "igen",
    "はい", "wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "prawda", "doğru", "истина", "істина",
)  # fmt: skip
NO = (
    "false", "f", "no", "n", "0", "нет", "nein", "non", "não", "nao", "nie", "hayır", "ні", "ne", "nem", "nee", "nej",
    "nei", "いいえ", "falsch", "faux", "falso", "onwaar", "fałsz", "yanlış", "ложь", "хиба",
)  # fmt: skip
# What stands in a ticked box of a table kept by hand; the others are empty.
TICKS = ("x", "✓", "✔", "☑", "✅", "checked")
