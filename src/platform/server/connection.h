// One connection of a listener: bytes to requests, answers to bytes, and the deadlines of both. It belongs to one event
// loop; only `Inbox` is touched by other threads.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/chunked_body.h"
#include "http/form_words.h"
#include "http/head_parser.h"
#include "http/message_writer.h"
#include "server/shares.h"
#include "server/transport.h"

namespace hanjari::web {

class Connection;
struct FrontState;

using Moment = std::chrono::steady_clock::time_point;

// Answers that workers hand back to the loop.
class Inbox {
 public:
  struct Made {
    Connection* connection;
    Response response{};
    // Instead of an answer: the request's body may be read, and is this account's.
    bool may_send = false;
    std::string account{};
    // The body may be read for what was typed alone: the boundary of its parts (FormWords).
    std::string words_boundary{};
  };
  Inbox();
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  // False when there is no memory for it: `made` is as it was, and is to be put again.
  bool put(Made& made) noexcept;
  // Everything that has come.
  std::vector<Made> take();
  // Ends a wait of the loop.
  void knock();
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  std::mutex mutex_;
  std::vector<Made> made_;
};

class Connection {
 public:
  // `place`: among the connections of its source; of a proxy not taken yet.
  Connection(FrontState& front, Inbox& inbox, std::unique_ptr<Transport> transport, std::string peer,
             std::unique_ptr<SourcePlace> place);
  ~Connection();

  // The socket has something to read, or room to write; `hung_up`: its end of input is to be seen too. True when there
  // is more to do that needs no event.
  bool wake(bool hung_up, Moment now);
  // Does what can be done; true when there is more.
  bool advance(Moment now);
  // A worker has made the answer, or has judged who sends a body.
  bool finish(Inbox::Made made, Moment now);
  // Ends what has lasted too long; true when there is more to do that needs no event.
  bool check_time(Moment now);
  // The program stops: this request is the last, and silence is not waited for.
  void stop(Moment now, std::chrono::milliseconds timeout);
  // Nothing more will happen; a connection that a worker still works for is not over.
  // Ends it, because the system gives no way to hear of it.
  void give_up();
  bool is_over() const { return state_ == State::over && !working_; }
  int socket() const { return transport_->socket(); }

 private:
  enum class State { proxy_header, head, body, working, closing, lingering, over };

  void begin_request(Moment now);
  void parse(Moment now);
  bool receive_proxy_header(Moment now);
  void read_head(Moment now);
  void read_body(Moment now);
  bool answer_kept(std::string_view head, Moment now);
  // The head of a request with a body has come.
  void expect_body(Moment now);
  // A worker judges who sends the body that is to come.
  void ask_who_sends(Moment now);
  void begin_body(std::string account, Moment now);
  // Of a form with files whose sender may send none: what was typed is kept, the files are passed over.
  void begin_words(const std::string& boundary, Moment now);
  void read_words(Moment now);
  // Refuses what there is no memory for.
  void hold_body();
  void dispatch(Moment now);
  void refuse_body(Response answer, Moment now);
  std::chrono::milliseconds time_for(std::size_t bytes) const;
  void refuse(const Malformed& fault, Moment now);
  // Refuses instead what there is no memory for while its reader takes it.
  void hold_answer(Response& response);
  void write(Response response, bool head_only, Moment now);
  void close_after_answer(Moment now);
  // False when the socket takes no more now.
  bool flush(Moment now);
  bool has_output() const { return out_at_ < out_.size() || !tail_.empty(); }
  // False when nothing came.
  bool receive(Moment now);
  // True when more waits to be read and thrown away.
  bool linger(Moment now);
  void end(std::string_view because);
  bool is_silent() const;
  // Looks once more before a silent connection is closed.
  bool end_silence(Moment now);
  std::string_view input() const { return std::string_view(in_).substr(in_at_); }
  void consume(std::size_t bytes) { in_at_ += bytes; }
  void name(Request& request) const;
  void expect_silence(Moment now);

  FrontState& front_;
  Inbox& inbox_;
  std::unique_ptr<Transport> transport_;
  std::string peer_;
  bool peer_trusted_;
  State state_;
  bool working_ = false;
  bool body_waits_ = false;  // a worker judges who sends the body
  bool first_ = true;  // no request has come yet
  bool keep_ = true;   // the connection stays open after this answer
  bool stopping_ = false;
  bool input_ended_ = false;
  bool readable_ = true;
  bool hung_up_ = false;  // bytes that are there may be followed by the end
  bool old_ = false;      // the request speaks version 1.0

  std::string in_;
  std::size_t in_at_ = 0;  // before it everything is done
  HeadParser parser_;
  Request request_;
  std::size_t body_bytes_ = 0;
  std::size_t body_read_ = 0;  // of them, kept or not
  std::unique_ptr<FormWords> words_;  // where files of the body are passed over
  std::size_t unread_ = 0;  // of a refused body: read and thrown away, so that its sender sees the answer
  HeldBytes held_;
  std::unique_ptr<SourcePlace> place_;
  std::size_t expected_ = 0;  // bytes of the body at most
  Moment body_began_{};
  ChunkedBody chunks_;
  bool chunked_ = false;

  std::string out_;
  std::size_t out_at_ = 0;
  std::string_view tail_;  // a large body, after out_
  std::shared_ptr<const void> tail_owner_;
  HeldBytes waits_;     // what the answer takes until its reader has it
  std::string accept_;  // of the request that a worker answers

  Moment deadline_;  // of the state
  Moment heard_;     // when bytes that are thrown away came last
  Moment total_;     // of the request
  bool in_request_ = false;
};

}  // namespace hanjari::web
