// Imitation of cpr for tests.

#ifndef TEST_INCLUDE_CPR_CPR_H
#define TEST_INCLUDE_CPR_CPR_H

#include <chrono>
#include <future>

namespace cpr {

struct Response {};
struct Url {
  const char *text;
};

template <class T> class AsyncWrapper {
public:
  T get();
  template <class Rep, class Period>
  std::future_status wait_for(const std::chrono::duration<Rep, Period> &) const;
};
using AsyncResponse = AsyncWrapper<Response>;

class Session {
public:
  Response Get();
};

template <typename... Ts> Response Get(Ts &&...);
template <typename... Ts> AsyncResponse GetAsync(Ts...);
template <typename Then, typename... Ts> void GetCallback(Then then, Ts...) {}

} // namespace cpr

#endif
