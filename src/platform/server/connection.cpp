#include "server/connection.h"

#include <algorithm>
#include <array>
#include <new>
#include <thread>
#include <utility>

#include "hanjari/base/error.h"
#include "http/proxy_header.h"
#include "http/request_id.h"
#include "server/front.h"
#include "site/kept_answers.h"
#include "site/metrics.h"

namespace hanjari::web {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t read_at_once = 16 * 1024;
// Answers to requests that came together go out together, up to this size.
constexpr std::size_t out_at_once = 64 * 1024;
// Bodies beyond this are sent from where they lie.
constexpr std::size_t large_body = 2 * 1024;
// One connection may do so many steps before the others have their turn.
constexpr int steps_at_once = 64;
// How long a closed side is listened to, so that the last answer arrives: closing with unread bytes would make the
// system break it off.
constexpr milliseconds last_listening{1'000};
constexpr milliseconds longest_lingering{120'000};
constexpr milliseconds silence_while_lingering{10'000};

}  // namespace

Connection::Connection(FrontState& front, Inbox& inbox, std::unique_ptr<Transport> transport, std::string peer,
                       std::unique_ptr<SourcePlace> place)
    : front_(front),
      inbox_(inbox),
      transport_(std::move(transport)),
      peer_(std::move(peer)),
      peer_trusted_(front.proxies.contains(peer_)),
      state_(front.settings.proxy_protocol && front.listener != Listener::operations && peer_trusted_
                 ? State::proxy_header
                 : State::head),
      parser_(front.head_limits),
      held_(front.bodies),
      place_(std::move(place)),
      waits_(front.answers) {
  const Moment now = std::chrono::steady_clock::now();
  deadline_ = now + (front.is_crowded() ? front.settings.crowd_deadline : front.settings.header_deadline);
  ++front_.open;
  front_.edge.site().metrics().connection_opened(front_.listener);
}

Connection::~Connection() {
  if (state_ != State::over) end("stopping");
  --front_.open;
}

void Connection::give_up() {
  end("no_event");
}

void Connection::end(std::string_view because) {
  if (state_ == State::over) return;
  state_ = State::over;
  front_.edge.site().metrics().connection_closed(front_.listener, because);
}

bool Connection::wake(bool hung_up, Moment now) {
  readable_ = true;
  hung_up_ = hung_up_ || hung_up;
  return advance(now);
}

bool Connection::advance(Moment now) {
  for (int step = 0; step < steps_at_once; ++step) {
    switch (state_) {
      case State::over:
        return false;
      case State::working:
        flush(now);
        return false;
      case State::closing:
        if (!flush(now)) return false;
        if (state_ == State::closing) {
          transport_->end_sending();
          state_ = State::lingering;
          heard_ = now;
          deadline_ = now + last_listening +
                      std::min(longest_lingering, time_for(unread_));
        }
        break;
      case State::lingering:
        return linger(now);
      default: {
        // An answer that waits to be sent stays before the next one.
        if ((!tail_.empty() || out_.size() - out_at_ >= out_at_once) && !flush(now)) return false;
        const auto before = in_at_;
        const State was = state_;
        parse(now);
        const bool moved = in_at_ != before || state_ != was;
        if (moved) break;
        // A reader that takes no answers is asked nothing more.
        if (!flush(now) || !receive(now)) return false;
      }
    }
  }
  return true;
}

void Connection::parse(Moment now) {
  if (input().empty()) return;
  try {
    if (state_ == State::head) read_head(now);
    if (state_ == State::body) read_body(now);
  } catch (const Malformed& fault) {
    refuse(fault, now);
  } catch (const std::bad_alloc&) {  // costs this request; what it held is free before anything is said
    request_.body = {};
    held_.give_back();
    refuse({503, "busy", {"Too much is being sent at the moment.", "지금 전송이 몰리고 있습니다."}}, now);
  }
}

// Read without taking a byte too many: what follows may be TLS.
bool Connection::receive_proxy_header(Moment now) {
  std::array<char, 2048> bytes;
  const auto [outcome, count] = transport_->peek(bytes.data(), bytes.size());
  if (outcome != Transport::Outcome::moved) {
    if (outcome != Transport::Outcome::blocked) end("gone");
    return false;
  }
  try {
    const auto header = read_proxy_header({bytes.data(), count});
    if (!header) {
      if (hung_up_) end("gone");
      return false;
    }
    transport_->skip(header->bytes);
    if (!header->source.empty()) {
      peer_ = header->source;
      peer_trusted_ = false;  // its fields are a client's, not a proxy's
      if (!place_->take(peer_, front_.settings.connections_of_source)) {
        end("source_full");
        return false;
      }
    }
  } catch (const Malformed&) {  // not the protocol that was agreed on: nobody to answer in it
    end("malformed");
    return false;
  }
  state_ = State::head;
  expect_silence(now);
  return true;
}

void Connection::begin_request(Moment now) {
  in_request_ = true;
  first_ = false;
  deadline_ = now + (front_.is_crowded() ? front_.settings.crowd_deadline : front_.settings.header_deadline);
  total_ = now + front_.settings.total_deadline;
}

void Connection::read_head(Moment now) {
  if (!in_request_) begin_request(now);
  const auto size = parser_.read(input());
  if (!size) return;
  const auto head = input().substr(0, *size);
  keep_ = parser_.keep_alive() && !stopping_;
  if (!parser_.has_body() && parser_.method() == Method::get && answer_kept(head, now)) return;
  request_ = parser_.copy(head);
  name(request_);
  chunked_ = parser_.is_chunked();
  body_bytes_ = parser_.body_bytes();
  old_ = parser_.is_old();
  if (parser_.has_body()) {
    const std::size_t most = front_.edge.body_limit(front_.listener, parser_.method(), request_.path);
    if (body_bytes_ > most || (chunked_ && most == 0)) {
      throw Malformed{413, "body_too_large", {"The request is too large.", "요청이 너무 큽니다."}};
    }
    expected_ = chunked_ ? most : body_bytes_;
    chunks_ = ChunkedBody(most);
    body_read_ = 0;
    words_.reset();
    consume(*size);
    return expect_body(now);
  }
  consume(*size);
  state_ = State::body;
}

bool Connection::answer_kept(std::string_view head, Moment now) {
  if (!parser_.query(head).empty()) return false;
  const auto began = front_.edge.site().clock().elapsed();
  bool encrypted = transport_->encrypted();
  if (peer_trusted_ && !encrypted) {
    encrypted = front_.settings.client_field != "forwarded" && parser_.find(head, "x-forwarded-proto") == "https";
    if (!parser_.find(head, "forwarded").empty()) return false;  // read where there is time
  }
  const bool gzip = takes_gzip(parser_.find(head, "accept-encoding"));
  const auto kept = front_.edge.find_kept(front_.listener, encrypted, gzip, parser_.path(head));
  if (!kept) return false;
  const auto known = parser_.find(head, "if-none-match");
  const bool is_known = !known.empty() && names_etag(known, kept->etag);
  const auto given_id = peer_trusted_ ? parser_.find(head, "x-request-id") : std::string_view{};
  const std::string id = is_request_id(given_id) ? std::string(given_id) : draw_request_id();
  out_ += is_known ? kept->known_head : kept->head;
  append_moment(out_, id, !keep_ ? After::close : parser_.is_old() ? After::keep_and_say_so : After::keep);
  if (!is_known && !parser_.head_only()) {
    if (kept->body.size() > large_body) {
      tail_ = kept->body;
      tail_owner_ = kept;
    } else {
      out_ += kept->body;
    }
  }
  front_.edge.count_kept(*kept, parser_.head_only(), is_known ? 304 : 200, id, began);
  const std::size_t size = head.size();
  consume(size);
  close_after_answer(now);
  return true;
}

// What comes after an answer: the next request, or the end.
void Connection::close_after_answer(Moment now) {
  parser_.restart();
  held_.give_back();
  in_request_ = false;
  deadline_ = now + front_.settings.answer_deadline;
  if (keep_) {
    state_ = State::head;
    if (!has_output()) expect_silence(now);
  } else {
    state_ = State::closing;
  }
}

void Connection::dispatch(Moment now) {
  request_.received_at = front_.edge.site().now();
  const bool head_only = request_.head_only;
  const std::string id = request_.id;
  const std::string source = request_.source;
  const std::string accept(request_.header("accept"));
  auto job = [this, request = std::make_shared<Request>(std::move(request_)), &edge = front_.edge,
              listener = front_.listener, &inbox = inbox_](bool in_time) {
    Inbox::Made made{.connection = this};
    try {
      made.response = in_time ? edge.answer(listener, *request) : edge.refuse_late(listener, *request);
    } catch (...) {  // no memory even for the words of a refusal: the reader gets a status, and the connection goes on
      made.response = {};
      made.response.status = 503;
    }
    while (!inbox.put(made)) std::this_thread::sleep_for(milliseconds(10));
  };
  request_ = {};
  request_.head_only = head_only;  // what the answer needs to know of it
  request_.id = id;
  request_.source = source;
  accept_ = accept;
  if (!front_.workers->add(std::move(job)))
    return write(front_.edge.refuse_busy(front_.listener, accept, id), head_only, now);
  // Only now: a connection that waits for a worker who never heard of it would stay for ever. This thread takes the answer.
  working_ = true;
  state_ = State::working;
  deadline_ = Moment::max();
}

bool Connection::finish(Inbox::Made made, Moment now) {
  working_ = false;
  if (state_ == State::over) return false;
  if (stopping_) keep_ = false;
  const bool body_waits = std::exchange(body_waits_, false);
  if (made.may_send) {
    begin_body(std::move(made.account), now);
  } else if (!made.words_boundary.empty()) {
    begin_words(made.words_boundary, now);
  } else if (body_waits) {
    refuse_body(std::move(made.response), now);
  } else {
    write(std::move(made.response), request_.head_only, now);
  }
  return advance(now);
}

void Connection::write(Response response, bool head_only, Moment now) {
  if (!head_only) hold_answer(response);
  try {
    out_ += write_head(response, request_.id, !keep_ ? After::close : old_ ? After::keep_and_say_so : After::keep);
  } catch (const std::logic_error&) {  // a field with a line break: a bug of ours that must not reach the reader
    response =
        front_.edge.refuse(front_.listener, 500, "internal_error",
                           {"Something went wrong on our side.", "시스템 내부에서 오류가 발생했습니다."}, request_.id);
    out_ += write_head(response, request_.id, After::close);
    keep_ = false;
  }
  if (has_body(response.status) && !head_only) {
    if (response.content().size() > large_body) {
      const auto owned = std::make_shared<const Response>(std::move(response));
      tail_ = owned->content();
      tail_owner_ = owned;
    } else {
      out_ += response.content();
    }
  }
  request_ = {};
  accept_ = {};
  close_after_answer(now);
}

void Connection::refuse(const Malformed& fault, Moment now) {
  keep_ = false;
  if (request_.id.empty()) request_.id = draw_request_id();
  const std::string id = request_.id;
  if (fault.status == 413) return refuse_body(front_.edge.refuse_too_large(front_.listener, request_), now);
  if (fault.status == 503) {
    const std::string accept(request_.header("accept"));
    return refuse_body(front_.edge.refuse_busy(front_.listener, accept, id), now);
  }
  request_ = {};
  request_.id = id;
  write(front_.edge.refuse(front_.listener, fault.status, fault.code, fault.message, id), false, now);
}

bool Connection::flush(Moment now) {
  while (has_output()) {
    const auto head = std::string_view(out_).substr(out_at_);
    const auto [outcome, bytes] = transport_->send(head, tail_);
    if (outcome == Transport::Outcome::blocked) return false;
    if (outcome != Transport::Outcome::moved) {
      end("gone");
      return true;
    }
    const std::size_t of_head = std::min(bytes, head.size());
    out_at_ += of_head;
    tail_.remove_prefix(bytes - of_head);
  }
  if (!out_.empty()) {
    out_.clear();
    out_at_ = 0;
    tail_ = {};
    tail_owner_.reset();
    waits_.give_back();
    if (state_ == State::head && !in_request_) expect_silence(now);
  }
  return true;
}

void Connection::expect_silence(Moment now) {
  const auto& settings = front_.settings;
  milliseconds allowed = first_ ? settings.header_deadline : settings.idle_deadline;
  if (front_.is_crowded()) allowed = std::min(allowed, settings.crowd_deadline);
  deadline_ = now + allowed;
}

bool Connection::receive(Moment now) {
  if (state_ == State::over) return false;
  if (state_ == State::proxy_header) return receive_proxy_header(now);
  if (!readable_ || input_ended_) {
    if (!input_ended_) return false;
    // The peer sends no more: what has begun cannot become a request.
    end(in_request_ ? "gone" : "done");
    return false;
  }
  std::array<char, read_at_once> bytes;
  const auto [outcome, count] = transport_->receive(bytes.data(), bytes.size());
  switch (outcome) {
    case Transport::Outcome::moved:
      in_.erase(0, in_at_);
      in_at_ = 0;
      in_.append(bytes.data(), count);
      // Less than there was room for: the rest will be told of, unless it is the end that has been told of already.
      if (count < bytes.size() && !hung_up_ && !transport_->encrypted()) readable_ = false;
      return true;
    case Transport::Outcome::blocked:
      readable_ = false;
      return false;
    case Transport::Outcome::ended:
      input_ended_ = true;
      return true;
    case Transport::Outcome::broken:
      end("gone");
      return false;
  }
  return false;
}

bool Connection::linger(Moment now) {
  std::array<char, read_at_once> bytes;
  for (int turn = 0; turn < steps_at_once; ++turn) {
    const auto [outcome, count] = transport_->receive(bytes.data(), bytes.size());
    if (outcome == Transport::Outcome::moved) {
      unread_ -= std::min(unread_, count);
      heard_ = now;
      continue;
    }
    if (outcome != Transport::Outcome::blocked) end("done");
    return false;
  }
  if (unread_ == 0) end("done");
  return unread_ > 0;
}

bool Connection::is_silent() const {
  return (state_ == State::head || state_ == State::proxy_header) && input().empty() && !has_output();
}

bool Connection::check_time(Moment now) {
  if (state_ == State::over || state_ == State::working) return false;
  if (front_.is_crowded() && is_silent() && !first_)
    deadline_ = std::min(deadline_, now + front_.settings.crowd_deadline);
  if (is_silent() && in_.capacity() + out_.capacity() > 1024) {  // many are open at once: silence needs no memory
    in_ = {};
    in_at_ = 0;
    out_ = {};
  }
  const bool silent = state_ == State::lingering && unread_ > 0 && now > heard_ + silence_while_lingering;
  // In a crowd a body has to come; what was announced of it gives no time.
  const bool crowds_out = state_ == State::body && front_.is_crowded() &&
                          now > body_began_ + front_.settings.crowd_deadline + time_for(request_.body.size());
  const bool late = now > deadline_ || silent || crowds_out || (in_request_ && now > total_);
  if (!late) return false;
  if (is_silent()) return end_silence(now);
  if (state_ == State::lingering || has_output()) {
    end(state_ == State::lingering ? "done" : "too_slow");  // too slow: the reader does not take its answer
    return false;
  }
  refuse({408, "too_slow", {"The request took too long.", "요청 시간이 초과되었습니다."}}, now);
  return advance(now);
}

// What has come since the loop last heard of this connection is a request. To close over it would throw it away unread,
// and not every browser sends a form again whose connection broke. An answer begins a silence of its own. The end is told
// at once, not when the round is over: until the other side knows of it, it may begin a request that nobody will read.
bool Connection::end_silence(Moment now) {
  readable_ = true;
  const bool more = advance(now);
  if (is_silent() && now > deadline_) {
    transport_->end_sending();
    end("idle");
  }
  return more;
}

void Connection::stop(Moment now, milliseconds timeout) {
  stopping_ = true;
  keep_ = false;
  if (is_silent()) deadline_ = std::min(deadline_, now + timeout);
}

void Connection::name(Request& request) const {
  request.source = peer_;
  request.encrypted = transport_->encrypted();
  if (peer_trusted_) {
    front_.proxies.name_source(request, front_.settings.client_field);
    if (const auto given = request.header("x-request-id"); is_request_id(given)) request.id = given;
  }
  if (request.id.empty()) request.id = draw_request_id();
}

}  // namespace hanjari::web
