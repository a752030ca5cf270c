// A picture that a customer gives for paper: an official seal.
#pragma once

#include <string>

#include <cairo.h>

namespace hanjari::documents {

// PNG (with transparency) or JPEG, made smaller where it has more pixels than paper shows. A file holds it once,
// however many pages show it.
class Stamp {
 public:
  static constexpr std::size_t most_bytes = 12'000'000;
  static constexpr long long most_pixels = 25'000'000;

  // Throws InvalidInput: picture_too_large (bytes or pixels, judged before a pixel is decoded), picture_broken.
  explicit Stamp(const std::string& bytes);
  ~Stamp();
  Stamp(const Stamp&) = delete;
  Stamp& operator=(const Stamp&) = delete;

  cairo_surface_t* surface() const { return surface_; }
  int width() const { return cairo_image_surface_get_width(surface_); }
  int height() const { return cairo_image_surface_get_height(surface_); }

 private:
  cairo_surface_t* surface_ = nullptr;
};

}  // namespace hanjari::documents
