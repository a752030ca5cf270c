#include "documents/drawing/font_book.h"

#include <array>

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "documents/drawing/characters.h"
#include "hanjari/base/error.h"

namespace hanjari::documents {
namespace {

// Looked for in this order. The first is the face of the papers; the others help out with characters it lacks.
constexpr std::array<const char*, 3> families = {"NanumBarunGothic", "NanumGothic", "Noto Sans CJK KR"};
constexpr const char* pango_families = "NanumBarunGothic, NanumGothic, Noto Sans CJK KR";
// Only this face joins the letters of old Hangul into syllables.
constexpr const char* old_hangul_families = "Noto Sans CJK KR, NanumBarunGothic, NanumGothic";

// A hatched square: nobody takes it for a letter, and it is never empty.
constexpr char32_t replacement_mark = 0x25A8;  // ▨

// Shaping does not depend on the size (no hinting), so Pango works at one large size and the result is scaled.
constexpr double pango_em = 1000;

// Texts kept per weight before the store is emptied: names, series and rooms of some venues.
constexpr std::size_t kept_texts = 6000;

cairo_font_options_t* exact_outlines() {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  return options;
}

cairo_scaled_font_t* make_scaled_font(cairo_font_face_t* face, double size) {
  cairo_matrix_t scale;
  cairo_matrix_init_scale(&scale, size, size);
  cairo_matrix_t identity;
  cairo_matrix_init_identity(&identity);
  cairo_font_options_t* options = exact_outlines();
  cairo_scaled_font_t* scaled = cairo_scaled_font_create(face, &scale, &identity, options);
  cairo_font_options_destroy(options);
  return scaled;
}

// The installed font of exactly this family and weight, or null.
FcPattern* find_font(const char* family, Weight weight) {
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(wanted, FC_WEIGHT, weight == Weight::bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcPattern* found = FcFontMatch(nullptr, wanted, &result);
  FcPatternDestroy(wanted);
  if (found == nullptr) return nullptr;
  FcChar8* name = nullptr;
  for (int i = 0; FcPatternGetString(found, FC_FAMILY, i, &name) == FcResultMatch; ++i) {
    if (std::string_view(reinterpret_cast<const char*>(name)) == family) return found;
  }
  FcPatternDestroy(found);
  return nullptr;
}

void take_back_last(ShapedText& shaped) {
  const ShapedCluster last = shaped.clusters.back();
  shaped.clusters.pop_back();
  shaped.glyphs.resize(shaped.glyphs.size() - static_cast<std::size_t>(last.glyphs));
  shaped.text.resize(shaped.text.size() - static_cast<std::size_t>(last.bytes));
  shaped.width -= last.advance;
}

}  // namespace

struct FontBook::Face {
  cairo_font_face_t* face = nullptr;
  cairo_scaled_font_t* unit = nullptr;  // at one point, to reach the FreeType face

  explicit Face(cairo_font_face_t* owned) : face(owned), unit(make_scaled_font(owned, 1)) {}
  ~Face() {
    cairo_scaled_font_destroy(unit);
    cairo_font_face_destroy(face);
  }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
};

struct FontBook::Pango {
  PangoFontMap* map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  PangoContext* context = pango_font_map_create_context(map);
  PangoLayout* layout[2][2] = {};  // by weight, then plain or old Hangul
  std::map<cairo_scaled_font_t*, unsigned> faces;

  Pango() {
    cairo_font_options_t* options = exact_outlines();
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("ko"));
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      for (const bool old_hangul : {false, true}) {
        PangoLayout*& one = layout[static_cast<std::size_t>(weight)][old_hangul ? 1 : 0];
        one = pango_layout_new(context);
        PangoFontDescription* font =
            pango_font_description_from_string(old_hangul ? old_hangul_families : pango_families);
        pango_font_description_set_weight(font, weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font, pango_em * PANGO_SCALE);
        pango_layout_set_font_description(one, font);
        pango_font_description_free(font);
        pango_layout_set_single_paragraph_mode(one, TRUE);
        pango_layout_set_auto_dir(one, FALSE);
      }
    }
  }
  ~Pango() {
    for (auto& of_weight : layout) {
      for (PangoLayout* one : of_weight) g_object_unref(one);
    }
    g_object_unref(context);
    g_object_unref(map);
  }
  Pango(const Pango&) = delete;
  Pango& operator=(const Pango&) = delete;
};

FontBook& FontBook::shared() {
  static FontBook book;
  return book;
}

FontBook::FontBook() {
  for (const Weight weight : {Weight::regular, Weight::bold}) {
    open_faces(weight);
    basic_[static_cast<std::size_t>(weight)].assign(0x10000, Glyph{not_looked_up, 0, 0});
  }
}

FontBook::~FontBook() {
  for (const auto& [key, font] : scaled_) cairo_scaled_font_destroy(font);
}

void FontBook::open_faces(Weight weight) {
  auto& order = order_[static_cast<std::size_t>(weight)];
  for (const char* family : families) {
    FcPattern* pattern = find_font(family, weight);
    if (pattern == nullptr) continue;
    order.push_back(static_cast<unsigned>(faces_.size()));
    faces_.push_back(std::make_unique<Face>(cairo_ft_font_face_create_for_pattern(pattern)));
    FcPatternDestroy(pattern);
  }
  if (order.empty()) {
    throw Unavailable("font_missing",
                      {"no Korean font is installed; install the packages fonts-nanum and fonts-noto-cjk",
                       "한글 글꼴이 없습니다. fonts-nanum과 fonts-noto-cjk 꾸러미를 설치하십시오"});
  }
}

cairo_scaled_font_t* FontBook::scaled_font(unsigned face, double size) {
  cairo_scaled_font_t*& font = scaled_[{face, size}];
  if (font == nullptr) font = make_scaled_font(faces_[face]->face, size);
  return font;
}

FontBook::Glyph FontBook::look_up(char32_t character, Weight weight) {
  const auto slot = static_cast<std::size_t>(weight);
  Glyph& known = character < 0x10000 ? basic_[slot][character]
                                     : others_[slot].try_emplace(character, Glyph{not_looked_up, 0, 0}).first->second;
  if (known.face != not_looked_up) return known;
  known.face = no_face;
  for (const unsigned face : order_[slot]) {
    FT_Face outlines = cairo_ft_scaled_font_lock_face(faces_[face]->unit);
    const FT_UInt glyph = outlines == nullptr ? 0 : FT_Get_Char_Index(outlines, character);
    if (glyph != 0 && FT_Load_Glyph(outlines, glyph, FT_LOAD_NO_SCALE) == 0) {
      known = {face, glyph,
               static_cast<float>(outlines->glyph->metrics.horiAdvance) / static_cast<float>(outlines->units_per_EM)};
    }
    cairo_ft_scaled_font_unlock_face(faces_[face]->unit);
    if (known.face != no_face) break;
  }
  return known;
}

SharedText FontBook::shape(std::string_view text, Weight weight) {
  auto& kept = shaped_[static_cast<std::size_t>(weight)];
  std::string key(text);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  auto shaped = std::make_shared<const ShapedText>(shape_anew(text, weight));
  // Numbers and dates hardly ever come again and are quick to shape: they would only push the names out.
  if (is_digits_and_marks(text)) return shaped;
  if (kept.size() >= kept_texts) kept.clear();
  kept.emplace(std::move(key), shaped);
  return shaped;
}

ShapedText FontBook::shape_anew(std::string_view text, Weight weight) {
  constexpr std::size_t nowhere = std::string_view::npos;
  ShapedText shaped;
  shaped.text.reserve(text.size());
  std::size_t foreign = nowhere;      // where a stretch begins that needs other fonts than the families
  std::size_t open = nowhere;         // where a stretch of characters begins that are shaped together
  std::size_t last_simple = nowhere;  // where the character just before stands, if it can still be taken into a stretch
  const auto close = [&](std::size_t end) {
    if (foreign != nowhere) append_foreign(shaped, text.substr(foreign, end - foreign), weight);
    foreign = nowhere;
    if (open != nowhere) append_by_pango(shaped, text.substr(open, end - open), weight);
    open = nowhere;
    last_simple = nowhere;
  };
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter next = decode_utf8(text, at);
    const CharacterKind kind = kind_of(next.character);
    const Glyph glyph =
        kind == CharacterKind::simple || kind == CharacterKind::joining ? look_up(next.character, weight) : Glyph{};
    if (foreign != nowhere && next.valid && (glyph.face == no_face || kind == CharacterKind::unseen) &&
        kind != CharacterKind::space && kind != CharacterKind::forbidden) {
      // The stretch goes on: its marks and joiners belong to its letters.
    } else if (kind == CharacterKind::unseen) {
      close(at);
    } else if (foreign != nowhere && next.character == U' ' && goes_on_foreign(text.substr(at + 1), weight)) {
      // Words of one script are laid out together, because some are written from right to left.
    } else if (kind == CharacterKind::space) {
      if (open == nowhere || next.character != U' ') {
        close(at);
        append_simple(shaped, " ", look_up(U' ', weight));
      }
    } else if (glyph.face == no_face && next.valid && kind != CharacterKind::forbidden) {
      close(at);
      foreign = at;
    } else if (glyph.face == no_face) {
      close(at);
      append_missing(shaped, next.valid ? text.substr(at, next.bytes) : std::string_view(), next.character, weight);
    } else if (kind == CharacterKind::joining) {
      if (foreign != nowhere) close(at);
      if (open == nowhere && is_combining(next.character) && last_simple != nowhere) {
        take_back_last(shaped);
        open = last_simple;
      } else if (open == nowhere) {
        open = at;
      }
    } else if (open == nowhere || !stays_in_latin(next.character)) {
      close(at);
      append_simple(shaped, text.substr(at, next.bytes), glyph);
      last_simple = at;
    }
    at += next.bytes;
  }
  close(text.size());
  return shaped;
}

void FontBook::append_simple(ShapedText& shaped, std::string_view bytes, Glyph glyph) {
  shaped.glyphs.push_back({glyph.face, glyph.glyph, shaped.width, 0});
  shaped.clusters.push_back({glyph.face, static_cast<int>(bytes.size()), 1, static_cast<double>(glyph.advance)});
  shaped.text += bytes;
  shaped.width += static_cast<double>(glyph.advance);
}

void FontBook::append_missing(ShapedText& shaped, std::string_view bytes, char32_t character, Weight weight) {
  shaped.missing.push_back(character);
  // The cluster keeps the original bytes, so that the text read out of the PDF is still the one of the data; control
  // characters cannot stand there.
  const bool speakable = !bytes.empty() && kind_of(character) != CharacterKind::forbidden;
  append_simple(shaped, speakable ? bytes : std::string_view("\xE2\x96\xA8"), look_up(replacement_mark, weight));
}

// Whether the text begins with a character that none of the families has.
bool FontBook::goes_on_foreign(std::string_view text, Weight weight) {
  if (text.empty()) return false;
  const DecodedCharacter next = decode_utf8(text, 0);
  const CharacterKind kind = kind_of(next.character);
  if (!next.valid || (kind != CharacterKind::simple && kind != CharacterKind::joining)) return false;
  return look_up(next.character, weight).face == no_face;
}

void FontBook::append_foreign(ShapedText& shaped, std::string_view segment, Weight weight) {
  if (append_by_system_fonts(shaped, segment, weight)) return;
  for (std::size_t at = 0; at < segment.size();) {
    const DecodedCharacter next = decode_utf8(segment, at);
    const std::string_view bytes = segment.substr(at, next.bytes);
    if (next.character == U' ') {
      append_simple(shaped, " ", look_up(U' ', weight));
    } else if (kind_of(next.character) != CharacterKind::unseen && !append_by_system_fonts(shaped, bytes, weight)) {
      append_missing(shaped, bytes, next.character, weight);
    }
    at += next.bytes;
  }
}

// Each run of one font and direction is one cluster: what is written from right to left is read out of the PDF in the
// order of the text.
bool FontBook::append_by_system_fonts(ShapedText& shaped, std::string_view segment, Weight weight) {
  if (pango_ == nullptr) pango_ = std::make_unique<Pango>();
  PangoLayout* layout = pango_->layout[static_cast<std::size_t>(weight)][0];
  pango_layout_set_text(layout, segment.data(), static_cast<int>(segment.size()));
  if (pango_layout_get_unknown_glyphs_count(layout) > 0) return false;
  PangoLayoutLine* line = pango_layout_get_line_readonly(layout, 0);
  if (line == nullptr) return false;
  const double em = pango_em * PANGO_SCALE;
  ShapedText made;
  for (const GSList* node = line->runs; node != nullptr; node = node->next) {
    const auto* run = static_cast<const PangoLayoutRun*>(node->data);
    const unsigned face = face_of_pango(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run->item->analysis.font)));
    const PangoGlyphString& glyphs = *run->glyphs;
    double advance = 0;
    int drawn = 0;
    for (int i = 0; i < glyphs.num_glyphs; ++i) {
      const PangoGlyphInfo& info = glyphs.glyphs[i];
      if (info.glyph != PANGO_GLYPH_EMPTY && (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return false;
      if (info.glyph != PANGO_GLYPH_EMPTY) {
        made.glyphs.push_back({face, info.glyph, shaped.width + made.width + advance + info.geometry.x_offset / em,
                               info.geometry.y_offset / em});
        ++drawn;
      }
      advance += info.geometry.width / em;
    }
    if (drawn > 0) {
      const std::string_view bytes =
          segment.substr(static_cast<std::size_t>(run->item->offset), static_cast<std::size_t>(run->item->length));
      made.text += bytes;
      made.clusters.push_back({face, static_cast<int>(bytes.size()), drawn, advance});
    }
    made.width += advance;
  }
  shaped.text += made.text;
  shaped.glyphs.insert(shaped.glyphs.end(), made.glyphs.begin(), made.glyphs.end());
  shaped.clusters.insert(shaped.clusters.end(), made.clusters.begin(), made.clusters.end());
  shaped.width += made.width;
  return true;
}

unsigned FontBook::face_of_pango(cairo_scaled_font_t* scaled) {
  const auto [entry, added] = pango_->faces.try_emplace(scaled, 0);
  if (added) {
    entry->second = static_cast<unsigned>(faces_.size());
    faces_.push_back(std::make_unique<Face>(cairo_font_face_reference(cairo_scaled_font_get_font_face(scaled))));
  }
  return entry->second;
}

void FontBook::append_by_pango(ShapedText& shaped, std::string_view segment, Weight weight) {
  if (pango_ == nullptr) pango_ = std::make_unique<Pango>();
  bool old_hangul = false;
  for (std::size_t at = 0; at < segment.size() && !old_hangul;) {
    const DecodedCharacter next = decode_utf8(segment, at);
    old_hangul = is_old_hangul(next.character);
    at += next.bytes;
  }
  PangoLayout* layout = pango_->layout[static_cast<std::size_t>(weight)][old_hangul ? 1 : 0];
  pango_layout_set_text(layout, segment.data(), static_cast<int>(segment.size()));
  PangoLayoutLine* line = pango_layout_get_line_readonly(layout, 0);
  const double em = pango_em * PANGO_SCALE;
  for (const GSList* node = line == nullptr ? nullptr : line->runs; node != nullptr; node = node->next) {
    const auto* run = static_cast<const PangoLayoutRun*>(node->data);
    auto* font = PANGO_CAIRO_FONT(run->item->analysis.font);
    const unsigned face = face_of_pango(pango_cairo_font_get_scaled_font(font));
    const PangoGlyphString& glyphs = *run->glyphs;
    const std::string_view bytes =
        segment.substr(static_cast<std::size_t>(run->item->offset), static_cast<std::size_t>(run->item->length));
    for (int i = 0; i < glyphs.num_glyphs;) {
      const int begin = glyphs.log_clusters[i];
      int end = i;
      double advance = 0;
      int drawn = 0;
      for (; end < glyphs.num_glyphs && glyphs.log_clusters[end] == begin; ++end) {
        const PangoGlyphInfo& info = glyphs.glyphs[end];
        if (info.glyph != PANGO_GLYPH_EMPTY && (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) {
          shaped.glyphs.push_back(
              {face, info.glyph, shaped.width + advance + info.geometry.x_offset / em, info.geometry.y_offset / em});
          ++drawn;
        }
        advance += info.geometry.width / em;
      }
      const auto stop = end < glyphs.num_glyphs ? static_cast<std::size_t>(glyphs.log_clusters[end]) : bytes.size();
      const std::string_view cluster =
          bytes.substr(static_cast<std::size_t>(begin), stop - static_cast<std::size_t>(begin));
      if (drawn > 0) {
        shaped.text += cluster;
        shaped.clusters.push_back({face, static_cast<int>(cluster.size()), drawn, advance});
      }
      shaped.width += advance;
      i = end;
    }
  }
}

}  // namespace hanjari::documents
