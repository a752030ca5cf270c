// The option --key of commands that check what the office has signed.
#pragma once

#include <string>

#include "hanjari/cli/command.h"
#include "hanjari/proof/signed_note.h"

namespace hanjari::cli {

inline Option public_key_option() {
  return {"key",
          "PUBLIC",
          {"the office's public key, 64 hexadecimal digits, as for receipts", "기관의 공개키, 접수증과 같은 16진수 64자리"}};
}

// 32 raw bytes. Throws WrongUsage.
inline std::string read_public_key(const Arguments& arguments) {
  const auto key = proof::parse_lower_hex(arguments.text("key"));
  if (!key || key->size() != 32) {
    throw WrongUsage{{"--key wants the public key as 64 hexadecimal digits in small letters",
                      "--key에는 공개키를 소문자 16진수 64자리로 적어 주십시오"}};
  }
  return *key;
}

}  // namespace hanjari::cli
