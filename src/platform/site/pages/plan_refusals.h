// Refusals that concern plans, in words of pages. Those of the use cases speak to whoever types commands too; on a page they
// say what to do on the page.
#pragma once

#include "hanjari/base/error.h"
#include "hanjari/base/text.h"

namespace hanjari::web {

// Null where the refusal's own words name no command.
const Text* words_on_pages(const Error& refusal);
// The same for programs: members of a request in place of fields of a page.
const Text* words_in_api(const Error& refusal);

// What `work` gives; a refusal of it, with the same code, in words of pages.
template <class Work>
auto in_words_of_pages(Work work) {
  try {
    return work();
  } catch (const Conflict& refusal) {
    if (const Text* words = words_on_pages(refusal)) throw Conflict(refusal.code(), *words);
    throw;
  } catch (const NotFound& refusal) {
    if (const Text* words = words_on_pages(refusal)) throw NotFound(refusal.code(), *words);
    throw;
  } catch (const InvalidInput& refusal) {
    if (const Text* words = words_on_pages(refusal)) throw InvalidInput(refusal.code(), *words);
    throw;
  }
}

}  // namespace hanjari::web
