#ifndef CPPCORO_CANCELLATION_TOKEN_HPP_INCLUDED
#define CPPCORO_CANCELLATION_TOKEN_HPP_INCLUDED

#include <exception>

namespace cppcoro {
class operation_cancelled : public std::exception {};

class cancellation_token {
public:
  bool is_cancellation_requested() const noexcept;
  void throw_if_cancellation_requested() const;
};

class cancellation_source {
public:
  cancellation_token token() const noexcept;
  void request_cancellation();
  bool is_cancellation_requested() const noexcept;
};

class cancellation_registration {
public:
  template <typename Function>
  cancellation_registration(cancellation_token token, Function &&callback) {}
};
} // namespace cppcoro

#endif
