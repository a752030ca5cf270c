// A JPEG file as its segments show it, without its pixels: what decoding it will cost, and the same file with more data.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::photos {

struct JpegWork {
  // The decoder keeps the coefficients of the whole picture (progressive files, and files whose colours do not come in one
  // scan): two to six bytes for each pixel, however small the result is.
  bool buffered = false;
  // How often it goes over the picture.
  int scans = 0;
};

// Of a file that may be cut off or damaged: as far as it can be read.
JpegWork read_jpeg_work(std::string_view bytes);

// The file with some more data at the end of every scan. Where the data are enough for the picture, a decoder passes over the rest and
// shows the same.
std::string with_longer_scans(std::string_view bytes);

}  // namespace hanjari::photos
