// Answers that are the same for everybody, kept as the bytes that go out.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hanjari/http/http.h"
#include "hanjari/site/routes.h"
#include "site/metrics.h"

namespace hanjari::web {

struct KeptAnswer {
  const Route* route = nullptr;
  std::string head;        // what write_lasting_head gives for 200
  std::string known_head;  // and for 304
  std::string etag;
  std::string own_body;
  std::string_view body;  // own_body, or bytes that outlive the program's answers
  std::chrono::nanoseconds made_at{};
  Tally sent, sent_head, known;
  mutable std::atomic<bool> renewed{false};  // somebody makes it anew
};

class KeptAnswers {
 public:
  // What kind of copy is asked for: one answer has up to four.
  struct Kind {
    Listener listener;
    bool encrypted;
    bool gzip;
  };

  // Null when there is none to be given out, and for the one caller who is to make it anew.
  std::shared_ptr<const KeptAnswer> find(Kind kind, std::string_view path, std::chrono::nanoseconds now) const;
  void keep(Kind kind, std::string_view path, std::shared_ptr<const KeptAnswer> answer);
  // The one who was to make it anew failed: the next one tries.
  void give_back(Kind kind, std::string_view path);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Shelf = std::unordered_map<std::string, std::shared_ptr<const KeptAnswer>, Hash, std::equal_to<>>;
  static std::size_t index(Kind kind) {
    return static_cast<std::size_t>(kind.listener) * 4 + (kind.encrypted ? 2U : 0U) + (kind.gzip ? 1U : 0U);
  }

  mutable std::shared_mutex mutex_;
  std::array<Shelf, 12> shelves_;
};

// Gives the answer its ETag and, for who takes gzip, its gzipped bytes.
void prepare_to_keep(Response& response, bool gzip);

}  // namespace hanjari::web
