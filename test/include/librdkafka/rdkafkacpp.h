// Imitation of librdkafka for tests.

#ifndef TEST_INCLUDE_LIBRDKAFKA_RDKAFKACPP_H
#define TEST_INCLUDE_LIBRDKAFKA_RDKAFKACPP_H

namespace RdKafka {

class Message;

class Handle {
public:
  virtual int poll(int timeout) = 0;
};

class KafkaConsumer : public virtual Handle {
public:
  virtual Message *consume(int timeout) = 0;
  virtual int commitSync() = 0;
  virtual int commitAsync() = 0;
};

class Producer : public virtual Handle {
public:
  virtual int flush(int timeout) = 0;
};

} // namespace RdKafka

#endif
