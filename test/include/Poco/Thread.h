// Imitation of POCO for tests.

#ifndef TEST_INCLUDE_POCO_THREAD_H
#define TEST_INCLUDE_POCO_THREAD_H

namespace Poco {

class Thread {
public:
  template <class Functor> void startFunc(const Functor &) {}
  void join();
  static void sleep(long milliseconds);
};

} // namespace Poco

#endif
