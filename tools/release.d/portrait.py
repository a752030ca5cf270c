"""A photo for an application: one grey JPEG, made of its parts, so that no library is needed."""
import struct

# The shortest Huffman tables that say "the same grey as before" (DC category 0) and "nothing else" (end of block), each one bit: 0.
DC_TABLE = bytes([1] + [0] * 15) + b"\x00"
AC_TABLE = bytes([1] + [0] * 15) + b"\x00"


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def grey_jpeg(width=600, height=800):
    blocks = -(-width // 8) * -(-height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)
    data = bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits), 8)).replace(b"\xff", b"\xff\x00")
    return b"".join([
        b"\xff\xd8",
        segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        segment(0xDB, b"\x00" + bytes([16] * 64)),
        segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"),
        segment(0xC4, b"\x00" + DC_TABLE),
        segment(0xC4, b"\x10" + AC_TABLE),
        segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
        data,
        b"\xff\xd9",
    ])
