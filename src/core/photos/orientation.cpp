#include "photos/orientation.h"

#include <libexif/exif-data.h>

#include <cstring>
#include <limits>
#include <memory>

namespace hanjari::photos {

int read_orientation(std::string_view jpeg) {
  if (jpeg.size() > std::numeric_limits<unsigned>::max()) return 1;
  const std::unique_ptr<ExifData, decltype(&exif_data_unref)> data(
      exif_data_new_from_data(reinterpret_cast<const unsigned char*>(jpeg.data()), static_cast<unsigned>(jpeg.size())),
      &exif_data_unref);
  if (!data) return 1;
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
  const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

Pixels turn_upright(Pixels pixels, int orientation) {
  if (orientation == 1) return pixels;
  const bool lies = orientation >= 5;  // rows were columns
  Pixels upright;
  upright.width = lies ? pixels.height : pixels.width;
  upright.height = lies ? pixels.width : pixels.height;
  upright.bytes.resize(pixels.bytes.size());
  const int last_column = pixels.width - 1;
  const int last_row = pixels.height - 1;
  for (int row = 0; row < upright.height; ++row) {
    for (int column = 0; column < upright.width; ++column) {
      const int across = lies ? row : column;
      const int down = lies ? column : row;
      const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
      const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
      const int x = from_right ? last_column - across : across;
      const int y = from_below ? last_row - down : down;
      const auto place = [](int at, int line, int width) {
        return (static_cast<std::size_t>(line) * static_cast<std::size_t>(width) + static_cast<std::size_t>(at)) * 4;
      };
      std::memcpy(&upright.bytes[place(column, row, upright.width)], &pixels.bytes[place(x, y, pixels.width)], 4);
    }
  }
  return upright;
}

}  // namespace hanjari::photos
