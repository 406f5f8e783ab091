#ifndef CPPCORO_GENERATOR_HPP_INCLUDED
#define CPPCORO_GENERATOR_HPP_INCLUDED

#include <coroutine>

namespace cppcoro {
template <typename T> class [[nodiscard]] generator {
public:
  struct promise_type {
    generator get_return_object() noexcept;
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(T &value) noexcept;
    std::suspend_always yield_value(T &&value) noexcept;
    void unhandled_exception();
    void return_void();
    template <typename U> std::suspend_never await_transform(U &&) = delete;
  };
  struct iterator {
    iterator &operator++();
    T &operator*() const noexcept;
    bool operator==(const iterator &) const noexcept;
  };
  generator(generator &&) noexcept;
  ~generator();
  iterator begin();
  iterator end() noexcept;
};
} // namespace cppcoro

#endif
