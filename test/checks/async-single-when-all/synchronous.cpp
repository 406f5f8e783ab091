// RUN: %check %s async-single-when-all
// The code of basic.cpp made synchronous.

#include <tuple>

int work();
template <class... Ts> std::tuple<Ts...> when_all(Ts... Values) {
  return {Values...};
}
void one() { when_all(work()); }
