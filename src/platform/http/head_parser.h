// The head of an HTTP/1.1 request, read as its bytes arrive. Strict where programs disagree about what a message says
// (RFC 9112, sections 2 to 6), because such messages are how requests are smuggled past a proxy. Fields are remembered
// by their places, so that no field costs an allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/http/http.h"

namespace hanjari::web {

// Why bytes are refused as a request: `status` 400, 411, 413, 414, 417, 431, 501 or 505.
struct Malformed {
  int status = 400;
  std::string code;
  Text message;
};

[[noreturn]] void refuse_malformed();

struct HeadLimits {
  std::size_t bytes = 32 * 1024;
  std::size_t target_bytes = 8 * 1024;
  std::size_t fields = 100;
};

class HeadParser {
 public:
  explicit HeadParser(HeadLimits limits = {}) : limits_(limits) {}

  // Looks at what `bytes` hold beyond the last call; they always begin with the head's first byte and may have moved.
  // Size of the head when it is complete, otherwise nothing. Throws Malformed as soon as no continuation could make a
  // request of it.
  std::optional<std::size_t> read(std::string_view bytes);
  // For the next request.
  void restart();
  bool begun() const { return looked_at_ > 0; }

  // Of a complete head. `head`: the bytes of read().
  Method method() const { return method_; }
  bool head_only() const { return head_only_; }
  std::string_view path(std::string_view head) const { return head.substr(path_.at, path_.size); }
  std::string_view query(std::string_view head) const { return head.substr(query_.at, query_.size); }
  // Without case; empty when absent. For fields that stand at most once.
  std::string_view find(std::string_view head, std::string_view name) const;
  std::size_t body_bytes() const { return body_bytes_; }
  bool is_chunked() const { return chunked_; }
  bool has_body() const { return chunked_ || body_bytes_ > 0; }
  bool keep_alive() const { return keep_alive_; }
  bool expects_continue() const { return expects_continue_; }
  // Version 1.0 must be told that a connection stays open.
  bool is_old() const { return old_; }
  // Method, path, query and fields as values that outlive the bytes.
  Request copy(std::string_view head) const;

 private:
  struct Slice {
    std::uint32_t at = 0, size = 0;
  };
  struct FieldPlace {
    Slice name, value;
  };
  void read_request_line(std::string_view bytes, std::size_t begin, std::size_t end);
  void read_field(std::string_view bytes, std::size_t begin, std::size_t end);
  void judge(std::string_view bytes);
  void judge_length(std::string_view bytes);

  HeadLimits limits_;
  std::size_t looked_at_ = 0;   // bytes searched for a line end
  std::size_t line_begin_ = 0;  // of the line that is not complete yet
  bool has_request_line_ = false;
  std::vector<FieldPlace> fields_;  // keeps its memory from request to request

  Method method_ = Method::get;
  bool head_only_ = false;
  bool old_ = false;
  Slice path_, query_;
  std::size_t body_bytes_ = 0;
  bool chunked_ = false;
  bool keep_alive_ = true;
  bool expects_continue_ = false;
};

}  // namespace hanjari::web
