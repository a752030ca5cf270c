// What decoding a JPEG file will cost, told from its segments before a pixel is decoded.
#pragma once

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

}  // namespace hanjari::photos
