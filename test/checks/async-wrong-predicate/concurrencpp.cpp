// RUN: %check %s async-wrong-predicate

#include "concurrencpp/concurrencpp.h"
#include <memory>

class Queue {
public:
  concurrencpp::lazy_result<void>
  leaves_out_the_size(std::shared_ptr<concurrencpp::executor> executor) {
    auto lock = co_await lock_.lock(executor);
    while (!is_closed_ && size_ == 0)
      co_await changed_.await(executor, lock, [this] { return is_closed_; });
    // CHECK-MESSAGES: :[[@LINE-1]]:63: warning: this wait ends only when the loop around it does
  }
  concurrencpp::lazy_result<void>
  asks_for_both(std::shared_ptr<concurrencpp::executor> executor) {
    auto lock = co_await lock_.lock(executor);
    while (!is_closed_ && size_ == 0)
      co_await changed_.await(executor, lock,
                              [this] { return is_closed_ || size_ != 0; });
  }
  concurrencpp::lazy_result<void>
  asks_in_the_loop(std::shared_ptr<concurrencpp::executor> executor) {
    auto lock = co_await lock_.lock(executor);
    while (!is_closed_ && size_ == 0)
      co_await changed_.await(executor, lock);
  }

private:
  bool is_closed_ = false;
  int size_ = 0;
  concurrencpp::async_lock lock_;
  concurrencpp::async_condition_variable changed_;
};
