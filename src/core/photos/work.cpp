#include "photos/work.h"

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
  std::size_t at = 0;
  while (true) {
    // Between segments, and in the data of a scan, everything up to the next marker is passed over; 0xFF 0x00 is data.
    at = bytes.find('\xFF', at);
    if (at == std::string_view::npos || at + 1 >= bytes.size()) break;
    const unsigned char marker = byte_at(bytes, at + 1);
    if (marker == 0x00 || is_alone(marker)) {
      at += 2;
      continue;
    }
    if (marker == 0xFF) {  // fills
      ++at;
      continue;
    }
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
    const std::size_t length = static_cast<std::size_t>(byte_at(bytes, at + 2)) * 256 + byte_at(bytes, at + 3);
    at += 2 + length;
  }
  work.buffered = work.buffered || work.scans > 1;
  return work;
}

}  // namespace hanjari::photos
