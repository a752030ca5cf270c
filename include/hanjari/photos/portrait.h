// The photo of an application: from whatever a phone sends to the portrait of the roster.
//
// Both steps decode the picture and write a new one, so nothing of the file that came is passed on: no EXIF, no place,
// no hidden bytes. Sizes are read from the head of a file and judged before a pixel of it is decoded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::photos {

// Pixels of a portrait: 3.5 x 4.5 cm (recruitment notice).
constexpr int portrait_width = 137;
constexpr int portrait_height = 177;
// Bytes of a portrait, and of the picture it is cut out of, are below this.
constexpr std::size_t most_portrait_bytes = 350'000;
// What may be sent: a file of this many bytes, a picture of this many pixels.
constexpr std::size_t most_upload_bytes = 12'000'000;
constexpr long long most_pixels = 64'000'000;
// Of a file whose coefficients the decoder keeps (progressive, or of several scans): so many pixels, and pixels times
// scans. Phones send neither; those who save such files from a program of pictures stay far below.
constexpr long long most_buffered_pixels = 24'000'000;
constexpr long long most_scanned_pixels = 400'000'000;
// Sides of a picture as it is kept while the portrait is cut out of it.
constexpr int longest_side = 1'000;

// A picture as one sees it, the top at the top.
struct Picture {
  std::string jpeg;
  int width = 0;
  int height = 0;
};

// The part of a picture that becomes the portrait, in its pixels; the height follows from the shape.
struct Crop {
  int left = 0;
  int top = 0;
  int width = 0;
  int height() const;
  bool operator==(const Crop&) const = default;
};

// This file is no photo that can be used; `code` begins with photo_.
class PhotoRefused : public InvalidInput {
 public:
  PhotoRefused(std::string code, Text message) : InvalidInput(std::move(code), std::move(message)) {}
};

// Turns a JPEG file upright and makes it at most `longest_side` long. Throws PhotoRefused with one of photo_missing,
// photo_too_large (bytes), photo_not_jpeg, photo_too_many_pixels, photo_too_small (no portrait fits in), photo_colours
// (for printing presses), photo_progressive (decoding would take too much), photo_broken (cut off or damaged).
Picture read_picture(std::string_view upload);

struct PictureSize {
  int width = 0;
  int height = 0;
};
// Of a picture as read_picture gave it; throws PhotoRefused when it is none.
PictureSize size_of_picture(std::string_view picture);

// The largest crop, in the middle across and towards the top, where faces are.
Crop middle_crop(int width, int height);

// The nearest crop inside the picture, not below the portrait's own size.
Crop fitted_crop(Crop wanted, int width, int height);

enum class Adjustment { left, right, up, down, closer, farther };
// One press of an arrow: a twelfth of the crop's width, or a tenth closer.
Crop adjusted_crop(Crop crop, Adjustment adjustment, int width, int height);

// The portrait as JPEG, portrait_width x portrait_height. `picture` as read_picture gave it; throws PhotoRefused
// (photo_broken) when it is none.
std::string cut_portrait(std::string_view picture, Crop crop);

}  // namespace hanjari::photos
