"""Excel's binary workbooks, which nothing that is installed can write: one of each kind."""

import base64
import io
import struct
import zipfile
import zlib

# Sheet `Deals` beside another: deal_id, amount and units of four deals; the amounts are 10.50 €, #N/A, $20.25 and
# 7.00 € by their formats. Made with xlwt 1.3, packed.
XLS = zlib.decompress(
    base64.b85decode(
        "c-"
        "rk)Pe>GD6#sp*v+l0ww!3Pe!M3=jWvi?yR0rFN%2Q@ticD;67ZPoab%p9smU#?<x)famD}u1P^oI)S)*&$J5CnnNtxiEf2X%Vy?To2y;6e$?yy"
        "3n1zW05<d2hb=zCSZ>#{Cl`4=N_HfVRPb8N-8uIXXq`u_``LyJ2wAy1R)Do0b)M+!V+HC!Q9+c5w_j-"
        "jmR9Uw=sw_(XgJC(+uMN`{t@c8U*i#XdAEopMjZ4Pr0K#jk+KV<JmL-jlx1L~a+&C6Ue4cS0S;c&xQ{i<!rVv`T67l2mvkm=B_9Kp9?f9-"
        "q6cvVEP{k?xN7u9SwLUW8FltXq<)WSZ+WxCuX07!ic&ilUx4iV)gSg}b3TG*N9cIuO*$aEm8?dsS6kQ*>)bI1&y=>!Z;Llv3i1;)f9ezFRBAi;"
        "%5fTD_v6;pcq4>o0mYMLn0^Lm^(MzoO~DAdI7mr^_&kaaHFQC-!BIC)2F>;>;>`CF8yQQ<N@lb3>r)J4M-+Abn?df|i%~iN1kUhPn@=x-"
        "<RM+(5jExRJQ2koOo_lYH~mq+*$=MI;kgC1t<NS05Rfy7TSr-mbP-"
        "r)UPnY<9O=$Bx6mc}5V}JKK_#wSw3v@`5~djg%`ymeTvsy}GT;EbJMQJ{P66n(Q<Ry^Gb%DX*vU@Yns1gTtR=8>l?iGI^$S?0swml{B~s!t*tR"
        "h>ED|*O;Efth+MTwT~jp|5)SPn$PszFt_AYm`0%#{n>q63*aGlr8V$3Eybux0??^p`Hre1=cw`<XKU8zWNRAL941=jKr2D>NIfU}>|FpoKGqco"
        "nsHhVoF+IPO{eBIV^XWmYTUv$3r(Aj99Rde=d(=*VM}m(E$h6qHuW4hU2rZFr;D#a(FFu2S%q9#Ws^-"
        "d*<_PVHZ4C=vcG4~ZMu1i<MV^d{I4@jJY)YRS+R5geRO5$gKsxdbWh`SUiq^cPGvnyEfQn>FJwAM*3;-gm-"
        "x|>cmC4JUd?@<MFV~RZVKgVe<mM4|FivH{_q+1"
    )
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet"/></Relationships>'
)
ERRORS = {"#N/A": 0x2A, "#REF!": 0x17}


def xlsb(rows: list[list[str | tuple[int, float | str]]], formats: list[str]) -> bytes:
    """A workbook of one sheet: texts, errors, or (number of the format from 1, number); a text there is a formula's."""
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number) + bytes(13))
        sheet += b"".join(_cell(column, value) for column, value in enumerate(row))
    numbers = range(164, 164 + len(formats))
    styles = _record(278) + _record(615, struct.pack("<I", len(formats)))
    coded = zip(numbers, formats, strict=True)
    styles += b"".join(_record(44, struct.pack("<H", number) + _text(code)) for number, code in coded)
    styles += _record(616) + _record(617, struct.pack("<I", len(formats) + 1))
    styles += b"".join(_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, *numbers))
    styles += _record(618) + _record(279)
    named = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Deals"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.bin", _record(131) + _record(143) + named + _record(144) + _record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _record(146) + _record(130))
        archive.writestr("xl/styles.bin", styles)
    return buffer.getvalue()


def _cell(column: int, value: str | tuple[int, float | str]) -> bytes:
    style, content = value if isinstance(value, tuple) else (0, value)
    head = struct.pack("<II", column, style)
    if isinstance(content, float):
        return _record(5, head + struct.pack("<d", content))
    if content in ERRORS and isinstance(value, tuple):
        return _record(11, head + bytes([ERRORS[content]]) + bytes(10))
    return _record(3, head + bytes([ERRORS[content]])) if content in ERRORS else _record(6, head + _text(content))


def _record(kind: int, data: bytes = b"") -> bytes:
    size = bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 127 | 128, len(data) >> 7])
    return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + size + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
