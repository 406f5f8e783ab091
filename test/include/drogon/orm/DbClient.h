#ifndef TEST_INCLUDE_DROGON_ORM_DB_CLIENT_H
#define TEST_INCLUDE_DROGON_ORM_DB_CLIENT_H

#include "../utils/coroutine.h"
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace drogon::orm {

class Result {};
class DrogonDbException {};

namespace internal {
struct [[nodiscard]] SqlAwaiter : CallbackAwaiter<Result> {
  void await_suspend(std::coroutine_handle<> handle);
};
} // namespace internal

class DbClient {
public:
  template <typename F1, typename F2>
  void execSqlAsync(const std::string &sql, F1 &&rCallback,
                    F2 &&exceptCallback) noexcept {}
  std::future<Result> execSqlAsyncFuture(const std::string &sql) noexcept;
  Result execSqlSync(const std::string &sql);
  internal::SqlAwaiter execSqlCoro(const std::string &sql) noexcept;
};
using DbClientPtr = std::shared_ptr<DbClient>;

template <typename T> class Mapper {
public:
  explicit Mapper(DbClientPtr client);
  std::vector<T> findAll() noexcept(false);
  void
  findAll(const std::function<void(std::vector<T>)> &rcb,
          const std::function<void(const DrogonDbException &)> &ecb) noexcept;
};

} // namespace drogon::orm

#endif
