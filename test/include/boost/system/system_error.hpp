// Imitation of Boost.System for tests: the names and shapes of the real
// library, declarations only.

#ifndef TEST_INCLUDE_BOOST_SYSTEM_SYSTEM_ERROR_HPP
#define TEST_INCLUDE_BOOST_SYSTEM_SYSTEM_ERROR_HPP

#include <stdexcept>
#include <string>
#include <system_error>
#include <type_traits>

namespace boost {
namespace system {

class error_code;
class error_condition;

template <class T> struct is_error_code_enum {
  static const bool value = false;
};
template <class T> struct is_error_condition_enum {
  static const bool value = false;
};

namespace errc {
enum errc_t {
  success = 0,
  broken_pipe = 32,
  connection_refused = 111,
  connection_reset = 104,
  invalid_argument = 22,
  io_error = 5,
  no_such_file_or_directory = 2,
  not_connected = 107,
  operation_canceled = 125,
  operation_would_block = 11,
  permission_denied = 13,
  resource_unavailable_try_again = 11,
  timed_out = 110
};
error_code make_error_code(errc_t e) noexcept;
error_condition make_error_condition(errc_t e) noexcept;
} // namespace errc

template <> struct is_error_condition_enum<errc::errc_t> {
  static const bool value = true;
};

class error_category {
public:
  error_category(const error_category &) = delete;
  error_category &operator=(const error_category &) = delete;
  virtual const char *name() const noexcept = 0;
  virtual std::string message(int ev) const = 0;
  virtual error_condition default_error_condition(int ev) const noexcept;
  virtual bool equivalent(int code, const error_condition &c) const noexcept;
  virtual bool equivalent(const error_code &code, int c) const noexcept;
  virtual bool failed(int ev) const noexcept;
  operator const std::error_category &() const;
  friend bool operator==(const error_category &a,
                         const error_category &b) noexcept;
  friend bool operator<(const error_category &a,
                        const error_category &b) noexcept;

protected:
  error_category() noexcept;
  ~error_category();
};

const error_category &generic_category() noexcept;
const error_category &system_category() noexcept;

class error_condition {
public:
  error_condition() noexcept;
  error_condition(int val, const error_category &cat) noexcept;
  template <class E>
  error_condition(
      E e, typename std::enable_if<is_error_condition_enum<E>::value>::type * =
               nullptr) noexcept;
  void assign(int val, const error_category &cat) noexcept;
  void clear() noexcept;
  int value() const noexcept;
  const error_category &category() const noexcept;
  std::string message() const;
  bool failed() const noexcept;
  explicit operator bool() const noexcept;
  operator std::error_condition() const;
  friend bool operator==(const error_condition &a,
                         const error_condition &b) noexcept;
  friend bool operator!=(const error_condition &a,
                         const error_condition &b) noexcept;
  friend bool operator<(const error_condition &a,
                        const error_condition &b) noexcept;
};

class error_code {
public:
  error_code() noexcept;
  error_code(int val, const error_category &cat) noexcept;
  template <class E>
  error_code(E e,
             typename std::enable_if<is_error_code_enum<E>::value ||
                                     std::is_error_code_enum<E>::value>::type
                 * = nullptr) noexcept;
  error_code(const std::error_code &ec) noexcept;
  void assign(int val, const error_category &cat) noexcept;
  template <class E>
  typename std::enable_if<is_error_code_enum<E>::value, error_code>::type &
  operator=(E e) noexcept;
  void clear() noexcept;
  int value() const noexcept;
  const error_category &category() const noexcept;
  error_condition default_error_condition() const noexcept;
  std::string message() const;
  std::string to_string() const;
  std::string what() const;
  bool failed() const noexcept;
  explicit operator bool() const noexcept;
  operator std::error_code() const;
  friend bool operator==(const error_code &a, const error_code &b) noexcept;
  friend bool operator!=(const error_code &a, const error_code &b) noexcept;
  friend bool operator<(const error_code &a, const error_code &b) noexcept;
  friend bool operator==(const error_code &a,
                         const error_condition &b) noexcept;
  friend bool operator==(const error_code &a,
                         const std::error_code &b) noexcept;
  friend bool operator!=(const error_code &a,
                         const std::error_code &b) noexcept;
  template <class E, class = typename std::enable_if<
                         std::is_error_condition_enum<E>::value>::type>
  friend bool operator==(const error_code &a, E b) noexcept {
    return a == make_error_condition(b);
  }
  template <class E, class = typename std::enable_if<
                         std::is_error_condition_enum<E>::value>::type>
  friend bool operator!=(const error_code &a, E b) noexcept {
    return !(a == b);
  }

private:
  int value_;
  const error_category *category_;
};

class system_error : public std::runtime_error {
  error_code code_;

public:
  explicit system_error(const error_code &ec);
  system_error(const error_code &ec, const std::string &prefix);
  system_error(const error_code &ec, const char *prefix);
  system_error(int ev, const error_category &cat);
  system_error(int ev, const error_category &cat, const std::string &prefix);
  system_error(int ev, const error_category &cat, const char *prefix);
  error_code code() const noexcept;
};

} // namespace system
} // namespace boost

#endif
