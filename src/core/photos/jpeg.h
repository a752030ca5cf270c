// JPEG bytes to pixels and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hanjari::photos {

// Four bytes a pixel (blue, green, red, unused) without padding: what cairo calls RGB24 on this machine.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> bytes;
};

struct JpegSize {
  int width = 0;
  int height = 0;
};

// From the head alone; decodes nothing. Throws InvalidInput (photo_not_jpeg, photo_colours).
JpegSize read_jpeg_size(std::string_view bytes);

// Decoded at the smallest of the decoder's fractions whose longer side is not below `longest`; whole when it is
// smaller. The size must have been judged. Throws InvalidInput (photo_broken).
Pixels decode_jpeg(std::string_view bytes, int longest);

std::string encode_jpeg(const Pixels& pixels, int quality);

}  // namespace hanjari::photos
