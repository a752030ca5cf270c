#include "hanjari/embargo/release_key.h"

#include <mutex>
#include <stdexcept>
#include <utility>

#include <sodium.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

// The header is C and does not say so.
extern "C" {
#include <libgfshare.h>
}

namespace hanjari::embargo {
namespace {

void fill_from_sodium(unsigned char* bytes, unsigned int count) {
  randombytes_buf(bytes, count);
}

// The library asks this pointer for every random byte, also when it scrambles what it gives back.
void use_sodium_for_shares() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    gfshare_fill_rand = fill_from_sodium;
  });
}

class ShareContext {
 public:
  explicit ShareContext(gfshare_ctx* context) : context_(context) {
    if (context_ == nullptr) throw std::bad_alloc();
  }
  ~ShareContext() { gfshare_ctx_free(context_); }
  ShareContext(const ShareContext&) = delete;
  ShareContext& operator=(const ShareContext&) = delete;
  gfshare_ctx* get() { return context_; }

 private:
  gfshare_ctx* context_;
};

[[noreturn]] void throw_wrong_share() {
  throw Conflict("wrong_share",
                 {"These two shares do not give the key of this version. Nothing was released; use the shares of this very "
                  "version.",
                  "두 조각으로 이 판의 키를 만들 수 없습니다. 아무것도 발표되지 않았습니다. 이 판의 조각을 쓰십시오."});
}

bool is_share(std::string_view share) {
  return share.size() == 1 + key_bytes && share[0] >= 1 && share[0] <= static_cast<char>(shares_made);
}

}  // namespace

ReleaseKey::ReleaseKey() {
  use_sodium_for_shares();
  held_ = static_cast<unsigned char*>(sodium_malloc(key_bytes));
  // sodium_malloc goes on without a lock where none is to be had; a release key may not.
  if (held_ != nullptr && sodium_mlock(held_, key_bytes) == 0) return;
  if (held_ != nullptr) sodium_free(held_);
  held_ = nullptr;
  throw Unavailable("memory_not_locked",
                    {"The system does not let the program lock memory, so the release key cannot be held. Raise the limit "
                     "of locked memory (LimitMEMLOCK).",
                     "시스템이 메모리 잠금을 허용하지 않아 발표 키를 보관할 수 없습니다. 잠금 메모리 한도(LimitMEMLOCK)를 "
                     "늘리십시오."});
}

ReleaseKey ReleaseKey::draw() {
  ReleaseKey key;
  randombytes_buf(key.held_, key_bytes);
  return key;
}

ReleaseKey ReleaseKey::copy_of(std::string_view bytes) {
  if (bytes.size() != key_bytes) throw std::logic_error("a release key has 32 bytes");
  ReleaseKey key;
  for (std::size_t i = 0; i < key_bytes; ++i) key.held_[i] = static_cast<unsigned char>(bytes[i]);
  return key;
}

ReleaseKey::ReleaseKey(ReleaseKey&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}

ReleaseKey& ReleaseKey::operator=(ReleaseKey&& other) noexcept {
  std::swap(held_, other.held_);
  return *this;
}

ReleaseKey::~ReleaseKey() {
  // Wipes before it gives the memory back.
  if (held_ != nullptr) sodium_free(held_);
}

std::string ReleaseKey::commitment() const {
  return Sha256().update("hanjari release key 1\n").update(bytes()).finish().hex();
}

std::vector<Share> split_key(const ReleaseKey& key) {
  use_sodium_for_shares();
  std::array<unsigned char, shares_made> numbers{1, 2, 3};
  ShareContext context(gfshare_ctx_init_enc(numbers.data(), shares_made, shares_needed, key_bytes));
  std::string secret(key.bytes());
  gfshare_ctx_enc_setsecret(context.get(), reinterpret_cast<unsigned char*>(secret.data()));
  wipe(secret);
  std::vector<Share> shares;
  for (std::size_t i = 0; i < shares_made; ++i) {
    Share share(1 + key_bytes, '\0');
    share[0] = static_cast<char>(numbers[i]);
    // The library takes the position of the share among `numbers`.
    gfshare_ctx_enc_getshare(context.get(), static_cast<unsigned char>(i),
                             reinterpret_cast<unsigned char*>(share.data() + 1));
    shares.push_back(std::move(share));
  }
  return shares;
}

ReleaseKey join_shares(std::string_view first, std::string_view second, std::string_view commitment) {
  if (!is_share(first) || !is_share(second)) throw_wrong_share();
  if (first[0] == second[0]) {
    throw Conflict("same_share", {"Both officers gave the same share. A second officer has to give another one.",
                                  "두 담당자가 같은 조각을 냈습니다. 다른 담당자가 다른 조각을 내야 합니다."});
  }
  use_sodium_for_shares();
  std::array<unsigned char, shares_needed> numbers{static_cast<unsigned char>(first[0]),
                                                   static_cast<unsigned char>(second[0])};
  ShareContext context(gfshare_ctx_init_dec(numbers.data(), shares_needed, key_bytes));
  std::array<std::string, shares_needed> parts{std::string(first.substr(1)), std::string(second.substr(1))};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(i),
                              reinterpret_cast<unsigned char*>(parts[i].data()));
    wipe(parts[i]);
  }
  std::string joined(key_bytes, '\0');
  gfshare_ctx_dec_extract(context.get(), reinterpret_cast<unsigned char*>(joined.data()));
  ReleaseKey key = ReleaseKey::copy_of(joined);
  wipe(joined);
  if (key.commitment() != commitment) throw_wrong_share();
  return key;
}

void wipe(std::string& bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

}  // namespace hanjari::embargo
