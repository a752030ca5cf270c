#include "http/chunked_body.h"

#include <algorithm>

#include "hanjari/base/hex.h"
#include "http/head_parser.h"

namespace hanjari::web {
namespace {

constexpr std::size_t most_digits = 8;

}  // namespace

std::size_t ChunkedBody::read(std::string_view bytes, std::string& body) {
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ != State::complete) {
    const char c = bytes[taken];
    switch (state_) {
      case State::size: {
        const int digit = hex_digit(c);
        if (digit >= 0) {
          if (++digits_ > most_digits) refuse_malformed();
          size_ = size_ * 16 + static_cast<std::size_t>(digit);
        } else if (c == '\r' && digits_ > 0) {
          if (size_ > most_ - std::min(body.size(), most_)) {
            throw Malformed{413, "body_too_large", {"The request is too large.", "요청이 너무 큽니다."}};
          }
          state_ = State::size_end;
        } else {
          refuse_malformed();
        }
        ++taken;
        break;
      }
      case State::size_end:
        if (c != '\n') refuse_malformed();
        state_ = size_ == 0 ? State::last_end : State::data;
        ++taken;
        break;
      case State::data: {
        const std::size_t part = std::min(size_, bytes.size() - taken);
        body.append(bytes.substr(taken, part));
        taken += part;
        size_ -= part;
        if (size_ == 0) state_ = State::data_end;
        break;
      }
      case State::data_end:
      case State::last_end:
        if (c != (after_return_ ? '\n' : '\r')) refuse_malformed();
        ++taken;
        if (after_return_) {
          state_ = state_ == State::last_end ? State::complete : State::size;
          digits_ = 0;
        }
        after_return_ = !after_return_;
        break;
      case State::complete:
        break;
    }
  }
  return taken;
}

}  // namespace hanjari::web
