// A body in chunks (RFC 9112, 7.1), read as it arrives. Chunk extensions and trailer fields, which no browser sends and
// in which programs hide requests, are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hanjari::web {

class ChunkedBody {
 public:
  // A body of more bytes is refused with 413.
  explicit ChunkedBody(std::size_t most_bytes = 0) : most_(most_bytes) {}
  // Takes what it can from the front of `bytes` and adds to `body`; returns how much was taken. Throws Malformed.
  std::size_t read(std::string_view bytes, std::string& body);
  bool is_complete() const { return state_ == State::complete; }

 private:
  enum class State { size, size_end, data, data_end, last_end, complete };

  std::size_t most_;
  State state_ = State::size;
  std::size_t size_ = 0;    // what is left of this chunk
  std::size_t digits_ = 0;  // of the size
  bool after_return_ = false;
};

}  // namespace hanjari::web
