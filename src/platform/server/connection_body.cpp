// The body of a connection's request: who may send one, how long it may take, and what it holds of the memory for bodies;
// and what an answer holds until its reader has taken it.
#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include "hanjari/base/error.h"
#include "server/connection.h"
#include "server/front.h"

namespace hanjari::web {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
// Bodies up to this size are taken from whoever sends them, so that what somebody typed is not lost with a session that
// has ended, and a submission keeps its moment while nobody can be asked who sends it. They count where they come from.
constexpr std::size_t small_body = 64 * 1024;
// A refused body up to this size is read to its end and thrown away: browsers show an answer only once they have sent
// everything.
constexpr std::size_t most_unread = 256 * 1024 * 1024;
// Answers up to this size are not counted: the system takes most of them at once, and there are as many as connections.
constexpr std::size_t small_answer = 64 * 1024;

}  // namespace

void Connection::expect_body(Moment now) {
  if (expected_ > small_body) return ask_who_sends(now);
  begin_body({}, now);
}

void Connection::begin_body(std::string account, Moment now) {
  held_.begin(request_.source, std::move(account));
  if (parser_.expects_continue()) out_ += continue_line;
  body_began_ = now;
  // A file takes longer than a form, and a slow line is no reason to refuse it.
  deadline_ = now + front_.settings.body_deadline + time_for(expected_);
  state_ = State::body;
}

// What the slowest line that is waited for needs for so many bytes.
milliseconds Connection::time_for(std::size_t bytes) const {
  return milliseconds(static_cast<std::int64_t>(bytes) * 1'000 / front_.settings.slowest_bytes_a_second);
}

void Connection::hold_body() {
  if (!held_.grow(request_.body.size())) {
    throw Malformed{503, "busy", {"Too many files are being sent at the moment.", "지금 파일 전송이 몰리고 있습니다."}};
  }
}

// Who asks for large files and takes none of them would fill the memory of all: a document of 5 MB on each of a thousand
// connections stands there for a minute. The office and the portal share the memory, so that an account of the office would take it
// from everybody.
void Connection::hold_answer(Response& response) {
  if (front_.listener == Listener::operations || response.body.size() <= small_answer) return;
  const bool office = front_.listener == Listener::office;
  waits_.begin(request_.source, office ? response.reader : std::string());
  if (waits_.grow(response.body.size()) || (office && waits_.grow_alone(response.body.size()))) return;
  response = front_.edge.refuse_busy(front_.listener, accept_, request_.id);
}

void Connection::begin_words(const std::string& boundary, Moment now) {
  words_ = std::make_unique<FormWords>(boundary);
  begin_body({}, now);
}

void Connection::read_words(Moment now) {
  const std::size_t part = std::min(body_bytes_ - body_read_, input().size());
  const bool readable = words_->read(input().substr(0, part), request_.body) && request_.body.size() <= small_body;
  body_read_ += part;
  consume(part);
  hold_body();
  const bool all = body_read_ == body_bytes_;
  if (readable && !all) return;
  request_.words_only = true;
  if (!readable || !words_->is_complete()) {
    // Then it is told as to whoever sent no body; the rest is thrown away behind the answer.
    request_.body.clear();
    keep_ = false;
    body_waits_ = true;
  }
  words_.reset();
  dispatch(now);
}

void Connection::read_body(Moment now) {
  if (words_ != nullptr) return read_words(now);
  if (chunked_) {
    consume(chunks_.read(input(), request_.body));
    hold_body();
    if (!chunks_.is_complete()) return;
  } else {
    const std::size_t part = std::min(body_bytes_ - request_.body.size(), input().size());
    request_.body.append(input().substr(0, part));
    body_read_ += part;
    consume(part);
    hold_body();
    if (request_.body.size() < body_bytes_) return;
  }
  dispatch(now);
}

// Only who may send a large body is given memory for it.
void Connection::ask_who_sends(Moment now) {
  // Whoever asks before sending need not send a file for nothing; without a length nobody knows how much is to come.
  const bool waits_to_send = parser_.expects_continue() || chunked_;
  auto job = [this, waits_to_send, request = std::make_shared<const Request>(request_), &edge = front_.edge,
              listener = front_.listener, &inbox = inbox_](bool in_time) {
    Inbox::Made made{.connection = this};
    try {
      if (!in_time) {
        made.response = edge.refuse_busy(listener, request->header("accept"), request->id);
      } else if (auto sender = edge.judge_sender(listener, *request); sender.may_send) {
        made.may_send = true;
        made.account = std::move(sender.account);
      } else if (made.words_boundary = waits_to_send ? std::string() : edge.boundary_of_words(listener, *request);
                 made.words_boundary.empty()) {
        made.response = edge.answer(listener, *request);  // as it would be answered whatever the body holds
      }
    } catch (...) {  // no memory even for the words of a refusal
      made.may_send = false;
      made.words_boundary.clear();
      made.response = {};
      made.response.status = 503;
    }
    while (!inbox.put(made)) std::this_thread::sleep_for(milliseconds(10));
  };
  if (!front_.workers->add(std::move(job)))
    return refuse_body(front_.edge.refuse_busy(front_.listener, request_.header("accept"), request_.id), now);
  working_ = true;
  body_waits_ = true;
  state_ = State::working;
  deadline_ = Moment::max();
}

// The rest of the body is read and thrown away, because browsers show an answer only once they have sent everything.
void Connection::refuse_body(Response answer, Moment now) {
  keep_ = false;
  const std::size_t announced =
      std::min(most_unread, chunked_ ? most_unread : body_bytes_ - std::min(body_bytes_, body_read_));
  unread_ = announced - std::min(announced, input().size());
  consume(input().size());
  const std::string id = request_.id;
  request_ = {};
  request_.id = id;
  write(std::move(answer), false, now);
}

}  // namespace hanjari::web
