// RUN: %check %s async-unchecked-waiter

// Callbacks instead of promises.

#include <functional>
#include <map>

class Replica {
public:
  void reached(long offset, std::function<void()> call) {
    waiters_[offset] = std::move(call);
  }
  void advance(long offset) {
    done_ = offset;
    for (auto it = waiters_.begin(); it != waiters_.end() && it->first <= done_;
         it = waiters_.erase(it))
      it->second();
  }

private:
  std::map<long, std::function<void()>> waiters_;
  long done_ = -1;
};
