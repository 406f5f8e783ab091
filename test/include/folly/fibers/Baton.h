#pragma once

namespace folly {
namespace fibers {

class Baton {
public:
  void wait();
  bool try_wait();
  void post();
};

} // namespace fibers
} // namespace folly
