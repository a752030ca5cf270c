#include "hanjari/photos/portrait.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "hanjari/base/error.h"
#include "photos/jpeg.h"
#include "photos/orientation.h"
#include "photos/work.h"

namespace hanjari::photos {
namespace {

constexpr int portrait_quality = 92;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Drawing = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

// The part of `from` at (left, top) that is `span` wide, drawn in `width` x `height` pixels.
Pixels resized(Pixels& from, double left, double top, double span, int width, int height) {
  static_assert(CAIRO_FORMAT_RGB24 == 1);
  const Surface source(cairo_image_surface_create_for_data(from.bytes.data(), CAIRO_FORMAT_RGB24, from.width,
                                                           from.height, from.width * 4),
                       &cairo_surface_destroy);
  Pixels result;
  result.width = width;
  result.height = height;
  result.bytes.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  const Surface target(
      cairo_image_surface_create_for_data(result.bytes.data(), CAIRO_FORMAT_RGB24, width, height, width * 4),
      &cairo_surface_destroy);
  const Drawing drawing(cairo_create(target.get()), &cairo_destroy);
  const double scale = width / span;
  cairo_scale(drawing.get(), scale, scale);
  cairo_translate(drawing.get(), -left, -top);
  cairo_set_source_surface(drawing.get(), source.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(drawing.get()), CAIRO_FILTER_BEST);
  cairo_pattern_set_extend(cairo_get_source(drawing.get()), CAIRO_EXTEND_PAD);
  cairo_paint(drawing.get());
  cairo_surface_flush(target.get());
  if (cairo_status(drawing.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(cairo_status_to_string(cairo_status(drawing.get())));
  return result;
}

// The widest crop that a picture has room for.
int widest_crop(int width, int height) {
  return std::min(width, height * portrait_width / portrait_height);
}

bool holds_portrait(int width, int height) {
  return width >= portrait_width && height >= portrait_height;
}

// Files that cost far more than they look like, whatever their size in bytes.
void refuse_costly(std::string_view upload, long long pixels) {
  const JpegWork work = read_jpeg_work(upload);
  if (!work.buffered || (pixels <= most_buffered_pixels && pixels * work.scans <= most_scanned_pixels)) return;
  throw PhotoRefused("photo_progressive",
                     {"This kind of photo file (progressive JPEG) is too large to be read here. Make it smaller, or save "
                      "it as an ordinary (baseline) JPEG.",
                      "프로그레시브 방식으로 저장된 큰 사진은 읽을 수 없습니다. 사진 크기를 줄이거나 일반(베이스라인) JPEG로 "
                      "저장해 주십시오."});
}

}  // namespace

int Crop::height() const {
  return (width * portrait_height + portrait_width / 2) / portrait_width;
}

Picture read_picture(std::string_view upload) {
  if (upload.empty()) throw PhotoRefused("photo_missing", {"Choose a photo.", "사진을 선택해 주십시오."});
  if (upload.size() > most_upload_bytes) {
    throw PhotoRefused("photo_too_large", {"The photo file is larger than 12 MB. Choose a smaller one.",
                                           "사진 파일이 12MB보다 큽니다. 더 작은 파일을 선택해 주십시오."});
  }
  const JpegSize size = read_jpeg_size(upload);
  if (static_cast<long long>(size.width) * size.height > most_pixels) {
    throw PhotoRefused("photo_too_many_pixels", {"The photo has more than 64 megapixels. Choose a smaller one.",
                                                 "사진이 6,400만 화소보다 큽니다. 더 작은 사진을 선택해 주십시오."});
  }
  refuse_costly(upload, static_cast<long long>(size.width) * size.height);
  const int orientation = read_orientation(upload);
  const bool lies = orientation >= 5;
  if (!holds_portrait(lies ? size.height : size.width, lies ? size.width : size.height)) {
    throw PhotoRefused("photo_too_small", {"The photo is smaller than 137 x 177 pixels. Choose a larger one.",
                                           "사진이 가로 137, 세로 177 화소보다 작습니다. 더 큰 사진을 선택해 주십시오."});
  }
  Pixels pixels = turn_upright(decode_jpeg(upload, longest_side), orientation);
  const int longer = std::max(pixels.width, pixels.height);
  const bool shorter = longer > longest_side;
  const int width = shorter ? static_cast<int>(static_cast<long long>(pixels.width) * longest_side / longer) : pixels.width;
  const int height = shorter ? static_cast<int>(static_cast<long long>(pixels.height) * longest_side / longer) : pixels.height;
  // A strip is too narrow once its length is made shorter, and would be longer than everything else that is kept.
  if (!holds_portrait(width, height)) {
    throw PhotoRefused("photo_too_small", {"The photo is a narrow strip. Choose another one.",
                                           "사진이 너무 좁고 깁니다. 다른 사진을 선택해 주십시오."});
  }
  if (shorter) pixels = resized(pixels, 0, 0, pixels.width, width, height);
  // A picture of leaves or noise takes many bytes: the finest quality that fits.
  for (const int quality : {88, 75, 55, 30, 15}) {
    std::string jpeg = encode_jpeg(pixels, quality);
    if (jpeg.size() < most_portrait_bytes) return {std::move(jpeg), pixels.width, pixels.height};
  }
  return {encode_jpeg(pixels, 5), pixels.width, pixels.height};
}

PictureSize size_of_picture(std::string_view picture) {
  const JpegSize size = read_jpeg_size(picture);
  return {size.width, size.height};
}

Crop middle_crop(int width, int height) {
  Crop crop;
  crop.width = widest_crop(width, height);
  crop.left = (width - crop.width) / 2;
  crop.top = (height - crop.height()) / 4;
  return fitted_crop(crop, width, height);
}

Crop fitted_crop(Crop wanted, int width, int height) {
  const int widest = std::max(1, widest_crop(width, height));
  Crop crop = wanted;
  crop.width = std::clamp(wanted.width, std::min(portrait_width, widest), widest);
  crop.left = std::clamp(wanted.left, 0, std::max(0, width - crop.width));
  crop.top = std::clamp(wanted.top, 0, std::max(0, height - crop.height()));
  return crop;
}

Crop adjusted_crop(Crop crop, Adjustment adjustment, int width, int height) {
  const Crop before = fitted_crop(crop, width, height);
  const int step = std::max(1, before.width / 12);
  crop = before;
  switch (adjustment) {
    case Adjustment::left:
      crop.left -= step;
      break;
    case Adjustment::right:
      crop.left += step;
      break;
    case Adjustment::up:
      crop.top -= step;
      break;
    case Adjustment::down:
      crop.top += step;
      break;
    case Adjustment::closer:
    case Adjustment::farther: {
      const int change = std::max(1, before.width / 10);
      crop.width += adjustment == Adjustment::closer ? -change : change;
      crop.width = fitted_crop(crop, width, height).width;
      // The middle stays where it is.
      crop.left = before.left + (before.width - crop.width) / 2;
      crop.top = before.top + (before.height() - crop.height()) / 2;
      break;
    }
  }
  return fitted_crop(crop, width, height);
}

std::string cut_portrait(std::string_view picture, Crop crop) {
  const JpegSize size = read_jpeg_size(picture);
  if (static_cast<long long>(size.width) * size.height > most_pixels || !holds_portrait(size.width, size.height)) {
    throw PhotoRefused("photo_broken",
                       {"The photo cannot be used. Send it again.", "사진을 쓸 수 없습니다. 다시 올려 주십시오."});
  }
  Pixels pixels = decode_jpeg(picture, std::max(size.width, size.height));
  const Crop fitted = fitted_crop(crop, pixels.width, pixels.height);
  return encode_jpeg(resized(pixels, fitted.left, fitted.top, fitted.width, portrait_width, portrait_height),
                     portrait_quality);
}

}  // namespace hanjari::photos
