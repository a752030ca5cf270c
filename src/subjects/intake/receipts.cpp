#include "hanjari/intake/receipts.h"

#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <map>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/recruitment_file.h"

namespace hanjari::services {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "Hanjari application receipt 1\n";
constexpr std::string_view last_key = "signature: ";
constexpr std::size_t longest_receipt = 4096;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Nothing unless these are exactly `size` bytes in hexadecimal digits.
std::optional<std::string> read_bytes(std::string_view text, std::size_t size) {
  return text.size() == size * 2 ? parse_hex(text) : std::nullopt;
}

// Milliseconds matter at the minute of closing.
std::string precise(Instant instant) {
  const std::string seconds = format_instant(instant);
  const auto since = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch()).count();
  return fmt::format("{}.{:03}Z", seconds.substr(0, seconds.size() - 1), ((since % 1000) + 1000) % 1000);
}

std::optional<Instant> parse_precise(std::string_view text) {
  if (text.size() != 24 || text[19] != '.') return std::nullopt;
  const auto seconds = parse_instant(std::string(text.substr(0, 19)) + "Z");
  int milliseconds = 0;
  const auto [end, error] = std::from_chars(text.data() + 20, text.data() + 23, milliseconds);
  if (!seconds || error != std::errc{} || end != text.data() + 23 || text[23] != 'Z') return std::nullopt;
  return *seconds + std::chrono::milliseconds(milliseconds);
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

[[noreturn]] void throw_not_written(const fs::path& file) {
  throw Unavailable("receipt_key_not_written", {fmt::format("{}: the key cannot be written", file.string()),
                                                fmt::format("{}: 키를 쓸 수 없습니다", file.string())});
}

}  // namespace

ReceiptSigner ReceiptSigner::from_seed(std::string_view seed) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (seed.size() != crypto_sign_SEEDBYTES) throw std::logic_error("a seed has 32 bytes");
  ReceiptSigner signer;
  signer.secret_.resize(crypto_sign_SECRETKEYBYTES);
  std::string open_half(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(open_half.data()),
                           reinterpret_cast<unsigned char*>(signer.secret_.data()), bytes(seed));
  signer.public_key_ = to_hex(open_half);
  return signer;
}

ReceiptSigner ReceiptSigner::make(const fs::path& file) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  fs::create_directories(file.parent_path());
  const std::error_code failed = write_first_secret(file, to_hex(seed) + "\n");
  if (failed && failed != std::errc::file_exists) throw_not_written(file);
  return load(file);
}

ReceiptSigner ReceiptSigner::load(const fs::path& file) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  struct stat rights {};
  if (::stat(file.c_str(), &rights) == 0 && (rights.st_mode & 077) != 0) {
    throw Unavailable(
        "receipt_key_open_to_others",
        {fmt::format("{}: others may read the key of the receipts; run chmod 600 on it", file.string()),
         fmt::format("{}: 다른 사용자가 접수증 서명 키를 읽을 수 있습니다. chmod 600을 실행하십시오", file.string())});
  }
  std::string text = read_file(file);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const auto seed = read_bytes(text, crypto_sign_SEEDBYTES);
  if (!seed) {
    throw InvalidInput("bad_receipt_key",
                       {fmt::format("{} is not a key: restore it from its backup", file.string()),
                        in_korean("{}[은/는] 키 파일이 아닙니다. 백업에서 복원하십시오", file.string())});
  }
  return from_seed(*seed);
}

std::string ReceiptSigner::check() const {
  const std::string digest = sha256("receipt key\n" + public_key_).hex();
  return parse_hex(digest.substr(0, 32)).value();
}

std::string ReceiptSigner::sign_text(std::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytes(text), text.size(),
                       bytes(secret_));
  return to_hex(signature);
}

std::string ReceiptSigner::sign(const ReceiptFacts& facts) const {
  std::string text(first_line);
  text += fmt::format(
      "exam: {}\napplication: {}\nversion: {}\nunit: {}\nform_sha256: {}\nfee_won: {}\nreceived_at: {}\nkey: {}\n",
      facts.exam.text(), facts.application.text(), facts.version, facts.unit.text(), facts.form_digest, facts.fee,
      precise(facts.received_at), public_key_);
  if (!facts.corrected_by.empty()) text += fmt::format("corrected_by: {}\n", facts.corrected_by);
  // Receipts from before have no such line.
  if (!facts.consent.empty()) text += fmt::format("consent: {}\n", facts.consent);
  return text + std::string(last_key) + sign_text(text) + "\n";
}

std::optional<ReceiptFacts> verify_receipt(std::string_view receipt, std::string_view public_key_hex) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  if (receipt.size() > longest_receipt || !receipt.starts_with(first_line)) return std::nullopt;
  const auto last = receipt.rfind(last_key);
  if (last == std::string_view::npos || receipt[last - 1] != '\n' || receipt.back() != '\n') return std::nullopt;
  const std::string_view body = receipt.substr(0, last);
  const std::string_view hex = receipt.substr(last + last_key.size(), receipt.size() - last - last_key.size() - 1);
  const auto signature = read_bytes(hex, crypto_sign_BYTES);
  const auto key = read_bytes(public_key_hex, crypto_sign_PUBLICKEYBYTES);
  if (!signature || !key) return std::nullopt;
  if (crypto_sign_verify_detached(bytes(*signature), bytes(body), body.size(), bytes(*key)) != 0) return std::nullopt;

  std::map<std::string, std::string, std::less<>> values;
  std::string_view rest = body.substr(first_line.size());
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) return std::nullopt;
    values.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  const auto version = number_of<std::int64_t>(values["version"]);
  const auto fee = number_of<Won>(values["fee_won"]);
  const auto received = parse_precise(values["received_at"]);
  if (!version || !fee || !received) return std::nullopt;
  return ReceiptFacts{ExamCode(values["exam"]),
                      ApplicationId(values["application"]),
                      *version,
                      UnitCode(values["unit"]),
                      values["form_sha256"],
                      *fee,
                      *received,
                      values["corrected_by"],
                      values["consent"]};
}

std::string digest_form(const ApplicationForm& form) {
  return sha256(package::render_form(form)).hex();
}

}  // namespace hanjari::services
