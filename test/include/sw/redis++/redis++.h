// Imitation of redis-plus-plus for tests.

#ifndef TEST_INCLUDE_SW_REDIS_H
#define TEST_INCLUDE_SW_REDIS_H

#include <string>

namespace sw::redis {

class QueuedReplies {};

template <typename Impl> class QueuedRedis {
public:
  QueuedRedis &set(const std::string &key, const std::string &value);
  QueuedReplies exec();
};
class PipelineImpl;
using Pipeline = QueuedRedis<PipelineImpl>;

class Subscriber {
public:
  void subscribe(const std::string &channel);
  void consume();
};

class Redis {
public:
  explicit Redis(const std::string &uri);
  bool set(const std::string &key, const std::string &value);
  std::string get(const std::string &key);
  Pipeline pipeline();
  Subscriber subscriber();
};

class RedisCluster {
public:
  long long lpush(const std::string &key, const std::string &value);
};

class AsyncRedis {
public:
  template <typename Callback> void get(const std::string &key, Callback &&callback) {}
};

} // namespace sw::redis

#endif
