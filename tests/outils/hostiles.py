"""Texts that must do no harm wherever text is expected."""

MESSAGE_MAX = 400  # characters: a fault must fit on a screen, whatever was typed

HOSTILES = {
    "markup": "<b>x</b> &amp; <script>1</script>",
    "rich markup": "[red]x[/red] [link=x]y",
    "sql": "Robert'); DROP TABLE candidat;--",
    "nul": "a\0b",
    "bidi": "abc\u202egpj.exe",
    "formula": "=FORMULE(A1)",
    "plus formula": "+1+cmd|'/C x'!A0",
    "quotes": "\"a\" 'b' `c` «d» ’e’",
    "backslashes": "\\n\\\\ \\x41 C:\\x",
    "emoji": "rue \U0001f600",
    "combining marks": "E\u0301co\u0302le",
    "stacked marks": "e\u0301\u0323\u0302\u0308",
    "newline": "a\nb\r\nc",
    "tab": "a\tb",
    "template": "{fermeture} {0} %s ${x}",
    "markdown": "**gras** __x__ --y--",
    "surrogate": "a\ud800b",
    "zero width": "a\u200bb\ufeff",
    "digits of another script": "١٢٣٤٥",
    "superscript": "²²²²²",
    "long s and ligature": "ſtraße ﬁn",
    "separator": "a|b|c",
    "blank of no width": "\u2060",
}
