#include "photos/work.h"

#include <algorithm>
#include <cstddef>

namespace hanjari::photos {
namespace {

constexpr unsigned char start_of_scan = 0xDA;
constexpr unsigned char end_of_picture = 0xD9;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

// Markers that stand alone: restarts within a scan, the beginning, and a temporary one.
bool is_alone(unsigned char marker) {
  return (marker >= 0xD0 && marker <= 0xD8) || marker == 0x01;
}

constexpr std::size_t none_left = std::string_view::npos;

// Where the next marker stands that begins something; none_left behind the last one. Between segments, and in the data of a scan,
// everything up to it is passed over; 0xFF 0x00 is data.
std::size_t find_marker(std::string_view bytes, std::size_t at) {
  while ((at = bytes.find('\xFF', at)) != none_left && at + 1 < bytes.size()) {
    const unsigned char marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {  // fills
      ++at;
    } else if (marker == 0x00 || is_alone(marker)) {
      at += 2;
    } else {
      return at;
    }
  }
  return none_left;
}

std::size_t end_of_segment(std::string_view bytes, std::size_t at) {
  return at + 2 + static_cast<std::size_t>(byte_at(bytes, at + 2)) * 256 + byte_at(bytes, at + 3);
}

bool begins_frame(unsigned char marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool is_progressive(unsigned char frame) {
  return frame == 0xC2 || frame == 0xC6 || frame == 0xCA || frame == 0xCE;
}

}  // namespace

JpegWork read_jpeg_work(std::string_view bytes) {
  JpegWork work;
  int colours = 0;
  for (std::size_t at = find_marker(bytes, 0); at != none_left; at = find_marker(bytes, end_of_segment(bytes, at))) {
    const unsigned char marker = byte_at(bytes, at + 1);
    if (marker == end_of_picture) break;
    if (begins_frame(marker)) {
      work.buffered = work.buffered || is_progressive(marker);
      colours = byte_at(bytes, at + 9);
    }
    if (marker == start_of_scan) {
      ++work.scans;
      // A scan of some of the colours only has the decoder wait for the others, whether they come or not.
      work.buffered = work.buffered || byte_at(bytes, at + 4) < colours;
    }
  }
  work.buffered = work.buffered || work.scans > 1;
  return work;
}

std::string with_longer_scans(std::string_view bytes) {
  const std::string more(256, '\xA5');
  std::string longer;
  std::size_t copied = 0;
  bool in_scan = false;
  for (std::size_t at = find_marker(bytes, 0);; at = find_marker(bytes, end_of_segment(bytes, at))) {
    if (in_scan) {
      const std::size_t end = std::min(at, bytes.size());
      longer.append(bytes.substr(copied, end - copied)).append(more);
      copied = end;
    }
    if (at == none_left || byte_at(bytes, at + 1) == end_of_picture) break;
    in_scan = byte_at(bytes, at + 1) == start_of_scan;
  }
  return longer.append(bytes.substr(copied));
}

}  // namespace hanjari::photos
