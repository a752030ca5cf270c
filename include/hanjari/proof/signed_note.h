// Signed notes as C2SP signed-note describes them: a text, an empty line, and a line for each signature.
//
// A signature line is an em dash, a blank, the key's name, a blank, and in base 64 four bytes that name the key
// followed by the signature. Ours are Ed25519 (type 0x01); the four bytes are the first of
// SHA-256(name || LF || 0x01 || public key).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::proof {

// Signs bytes with an Ed25519 key; returns 64 raw bytes.
using Sign = std::function<std::string(std::string_view)>;

// `text` is UTF-8 and ends with a line feed. `key_name` has neither blanks nor a plus sign. `public_key` is 32 raw bytes.
std::string sign_note(std::string_view text, std::string_view key_name, std::string_view public_key, const Sign& sign);

// The text above the signatures, whoever signed it; nothing when these bytes are no note.
std::optional<std::string> text_of_note(std::string_view note);

// Whether the key (32 raw bytes) signed the note under this name; with an empty name, under any name. Signatures of other
// keys are passed over, as the format wants it.
bool is_signed_by(std::string_view note, std::string_view key_name, std::string_view public_key);

// Bytes as base 64 (with padding), and from hexadecimal digits (small letters; hanjari/base/hex.h writes them). Decoding takes one spelling of each value only,
// so that no byte of a file can change unnoticed.
std::string encode_base64(std::string_view bytes);
std::optional<std::string> decode_base64(std::string_view text);
std::optional<std::string> parse_lower_hex(std::string_view text);

}  // namespace hanjari::proof
