// Imitation of librdkafka for tests.

#ifndef TEST_INCLUDE_LIBRDKAFKA_RDKAFKA_H
#define TEST_INCLUDE_LIBRDKAFKA_RDKAFKA_H

extern "C" {

struct rd_kafka_t;
struct rd_kafka_message_t;
struct rd_kafka_topic_partition_list_t;

int rd_kafka_poll(rd_kafka_t *, int timeout);
int rd_kafka_flush(rd_kafka_t *, int timeout);
rd_kafka_message_t *rd_kafka_consumer_poll(rd_kafka_t *, int timeout);
int rd_kafka_commit(rd_kafka_t *, const rd_kafka_topic_partition_list_t *, int async);
}

#endif
