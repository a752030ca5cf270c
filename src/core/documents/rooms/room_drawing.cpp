#include "hanjari/documents/room_drawing.h"

#include <algorithm>

#include <fmt/format.h>

namespace hanjari::documents {
namespace {

// Lengths in the drawing's own units; one column takes `grid_step`.
constexpr int grid_step = 64;
constexpr int desk_width = 48;
constexpr int side_margin = 30;  // at the left for row numbers, at the right for symmetry
constexpr int head = 72;  // board and column numbers
constexpr int legend_line = 30;
constexpr int narrowest = 300;  // so that board and legend have room in a room of one column

constexpr std::string_view ink = "#1e2124";
constexpr std::string_view soft_ink = "#58616a";
constexpr std::string_view line_colour = "#8a949e";
constexpr std::string_view shade = "#d8dee5";
constexpr std::string_view own_ink = "#0b50d0";

class RoomSvg {
 public:
  RoomSvg(const Room& room, const RoomMarks& marks, Language language, std::string_view id)
      : room_(room),
        marks_(marks),
        language_(language),
        id_(id),
        // True proportions, within what keeps desks readable.
        row_step_(
            std::clamp(room.column_pitch_cm > 0 ? grid_step * room.row_pitch_cm / room.column_pitch_cm : grid_step, 56, 90)),
        width_(std::max(narrowest, room.column_count * grid_step + 2 * side_margin)),
        left_((width_ - room.column_count * grid_step) / 2) {}

  std::string render() {
    const int legend_top = head + room_.row_count * row_step_ + 8;
    const std::vector<std::string> entries = legend();
    const int height = legend_top + static_cast<int>(entries.size()) * legend_line + 6;
    out_ = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" class="room-drawing" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-labelledby="{2}-title {2}-desc" font-family="inherit" text-anchor="middle">)",
        width_, height, id_);
    out_ +=
        fmt::format(R"(<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>)", id_, title(), description());
    draw_board();
    draw_numbers();
    for (int row = 1; row <= room_.row_count; ++row) {
      for (int column = 1; column <= room_.column_count; ++column) draw_desk({row, column});
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      out_ += fmt::format(R"svg(<g transform="translate({} {})">{}</g>)svg", side_margin,
                          legend_top + static_cast<int>(i) * legend_line, entries[i]);
    }
    out_ += "</svg>";
    return std::move(out_);
  }

 private:
  std::string say(const char* ko, const char* en) const { return language_ == Language::korean ? ko : en; }

  bool is_own(Desk desk) const { return marks_.own && *marks_.own == desk; }
  bool is_blocked(Desk desk) const {
    return std::find(room_.blocked.begin(), room_.blocked.end(), desk) != room_.blocked.end();
  }
  bool is_occupied(Desk desk) const {
    return std::find(marks_.occupied.begin(), marks_.occupied.end(), desk) != marks_.occupied.end();
  }

  std::string title() const {
    if (!marks_.own) return say("시험실 좌석 배치", "Desks of the room");
    return say("시험실 안 내 자리", "My seat in the room");
  }

  std::string description() const {
    std::string text = fmt::format(
        fmt::runtime(say(
            "시험실을 위에서 본 그림입니다. 위쪽이 칠판이 있는 앞쪽입니다. 책상은 앞에서 뒤로 {}줄, 옆으로 {}칸입니다.",
            "The room from above; the front with the board is at the top. The desks stand in {} rows from front to "
            "back and {} columns side by side.")),
        room_.row_count, room_.column_count);
    if (!marks_.own) return text;
    text += ' ';
    if (marks_.own_seat_no > 0) {
      text += fmt::format(fmt::runtime(say("좌석 번호는 {}번이고, ", "The seat number is {}: ")), marks_.own_seat_no);
    } else {
      text += say("내 자리는 ", "My seat is in ");
    }
    text += fmt::format(fmt::runtime(say("앞에서 {}번째 줄, 앞을 보고 왼쪽에서 {}번째 자리입니다.",
                                         "row {} from the front, column {} from the left when facing the front.")),
                        marks_.own->row, marks_.own->column);
    return text;
  }

  void draw_text(int x, int y, int size, std::string_view words, std::string_view css, std::string_view fill,
                 bool bold = false) {
    out_ += text(x, y, size, words, css, fill, bold);
  }

  static std::string text(int x, int y, int size, std::string_view words, std::string_view css, std::string_view fill,
                          bool bold, bool from_left = false) {
    return fmt::format(R"(<text class="{}" x="{}" y="{}" font-size="{}" fill="{}"{}{}>{}</text>)", css, x, y, size,
                       fill, bold ? R"( font-weight="700")" : "", from_left ? R"( text-anchor="start")" : "", words);
  }

  void draw_board() {
    const int board = std::min(width_ - 2 * side_margin, 240);
    out_ += fmt::format(R"(<rect class="room-board" x="{}" y="4" width="{}" height="30" rx="3" fill="{}"/>)",
                        (width_ - board) / 2, board, soft_ink);
    draw_text(width_ / 2, 25, 16, say("앞 (칠판)", "Front (board)"), "room-board-text", "#ffffff");
  }

  void draw_numbers() {
    for (int column = 1; column <= room_.column_count; ++column) {
      draw_text(left_ + (column - 1) * grid_step + grid_step / 2, head - 10, 14, std::to_string(column), "room-text", soft_ink);
    }
    for (int row = 1; row <= room_.row_count; ++row) {
      draw_text(left_ - 12, head + (row - 1) * row_step_ + row_step_ / 2 + 5, 14, std::to_string(row), "room-text",
                soft_ink);
    }
  }

  // A desk of the given height with its upper left corner at 0, 0.
  static std::string shape(std::string_view css, std::string_view fill, std::string_view stroke, int thickness,
                           int width, int height, std::string_view more = {}) {
    return fmt::format(R"(<rect class="{}" width="{}" height="{}" rx="4" fill="{}" stroke="{}" stroke-width="{}"{}/>)",
                       css, width, height, fill, stroke, thickness, more);
  }

  static std::string cross(int width, int height) {
    return fmt::format(
        R"(<path class="room-desk-blocked" d="M6 6L{0} {1}M{0} 6L6 {1}" fill="none" stroke="{2}" stroke-width="2"/>)",
        width - 6, height - 6, line_colour);
  }

  static std::string blocked_shape(int width, int height) {
    return shape("room-desk room-desk-blocked", "none", line_colour, 1, width, height, R"( stroke-dasharray="4 3")") +
           cross(width, height);
  }

  void draw_desk(Desk desk) {
    const int height = row_step_ - 14;
    out_ += fmt::format(R"svg(<g transform="translate({} {})">)svg",
                        left_ + (desk.column - 1) * grid_step + (grid_step - desk_width) / 2,
                        head + (desk.row - 1) * row_step_ + (row_step_ - height) / 2);
    if (is_own(desk)) {
      out_ += shape("room-desk room-desk-own", own_ink, ink, 3, desk_width, height);
      draw_own_words(height / 2);
    } else if (is_blocked(desk)) {
      out_ += blocked_shape(desk_width, height);
    } else if (is_occupied(desk)) {
      out_ += shape("room-desk room-desk-occupied", shade, line_colour, 1, desk_width, height);
    } else {
      out_ += shape("room-desk", "#ffffff", line_colour, 1, desk_width, height);
    }
    out_ += "</g>";
  }

  // On a phone a wide room becomes small: then the number stands alone, and the legend says whose it is.
  void draw_own_words(int middle) {
    const bool has_number = marks_.own_seat_no > 0;
    const bool is_wide = room_.column_count > 6;
    const std::string words = say("내 자리", "You");
    const auto draw = [&](int y, int size, const std::string& what) {
      draw_text(desk_width / 2, y, size, what, "room-own-text", "#ffffff", true);
    };
    if (has_number && is_wide) {
      draw(middle + 9, 25, std::to_string(marks_.own_seat_no));
    } else if (has_number) {
      draw(middle, 18, std::to_string(marks_.own_seat_no));
      draw(middle + 15, 13, words);
    } else {
      draw(middle + 5, 13, words);
    }
  }

  // Only what the drawing shows.
  std::vector<std::string> legend() const {
    std::vector<std::string> entries;
    const auto add = [&](const std::string& sample, const std::string& words) {
      entries.push_back(sample + text(40, 17, 15, words, "room-text", ink, false, true));
    };
    if (marks_.own) add(shape("room-desk room-desk-own", own_ink, ink, 2, 28, 22), say("내 자리", "My seat"));
    if (!marks_.occupied.empty()) {
      add(shape("room-desk room-desk-occupied", shade, line_colour, 1, 28, 22),
          marks_.own ? say("다른 응시자 자리", "Other applicants") : say("쓰는 책상", "Desks in use"));
      add(shape("room-desk", "#ffffff", line_colour, 1, 28, 22), say("빈 책상", "Free desks"));
    }
    if (!room_.blocked.empty()) add(blocked_shape(28, 22), say("쓰지 않는 책상", "Desks not used"));
    return entries;
  }

  const Room& room_;
  const RoomMarks& marks_;
  Language language_;
  std::string_view id_;
  int row_step_;
  int width_;
  int left_;
  std::string out_;
};

}  // namespace

std::string render_room_svg(const Room& room, const RoomMarks& marks, Language language, std::string_view id) {
  return RoomSvg(room, marks, language, id).render();
}

}  // namespace hanjari::documents
