// RUN: %check %s async-*

// Clients that wait for a peer, and their asynchronous forms.

#include "asio.hpp"
#include "Poco/Data/Session.h"
#include "Poco/Net/HTTPClientSession.h"
#include "Poco/Net/StreamSocket.h"
#include "Poco/Thread.h"
#include "cpr/cpr.h"
#include "curl/curl.h"
#include "grpcpp/grpcpp.h"
#include "httplib.h"
#include "ldap.h"
#include "librdkafka/rdkafka.h"
#include "librdkafka/rdkafkacpp.h"
#include "libssh/libssh.h"
#include "libssh2.h"
#include "openssl/ssl.h"
#include <memory>

using asio::awaitable;

awaitable<void> curl(CURL *easy, CURLM *multi, int timeout) {
  int running, ready;
  curl_easy_setopt(easy, CURLOPT_URL, "http://example.org");
  curl_easy_perform(easy);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl_easy_perform' blocks the thread that runs this coroutine, and every task on it: it waits until the transfer has ended; use curl_multi_socket_action, or do it on a thread pool [async-blocking-call]
  curl_multi_wait(multi, nullptr, 0, timeout, &ready);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl_multi_wait' blocks the thread that runs this coroutine, and every task on it: it waits until one of the transfers can go on; use curl_multi_socket_action, and wait for its sockets [async-blocking-call]
  curl_multi_poll(multi, nullptr, 0, 1000, &ready);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl_multi_poll' blocks the thread that runs this coroutine, and every task on it: it waits until one of the transfers can go on; use curl_multi_socket_action, and wait for its sockets [async-blocking-call]
  curl_multi_poll(multi, nullptr, 0, 0, &ready);
  curl_multi_perform(multi, &running);
  curl_multi_socket_action(multi, -1, 0, &running);
  co_return;
}

int on_timer(CURLM *, long, CURL *easy) {
  return curl_easy_perform(easy);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'curl_easy_perform' blocks the thread that runs this callback, and every task on it: it waits until the transfer has ended; use curl_multi_socket_action, or do it on a thread pool [async-blocking-call]
}

void curl_on_a_loop(CURLM *multi) {
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
}

awaitable<void> requests(cpr::Session &session) {
  cpr::Get(cpr::Url{"http://example.org"});
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'cpr::Get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use cpr::GetCallback and its like, or do it on a thread pool [async-blocking-call]
  session.Get();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'cpr::Session::Get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use cpr::GetCallback and its like, or do it on a thread pool [async-blocking-call]
  auto response = cpr::GetAsync(cpr::Url{"http://example.org"});
  response.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'cpr::AsyncResponse::get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use cpr::GetCallback and its like [async-blocking-wait]
  auto other = cpr::GetAsync(cpr::Url{"http://example.org"});
  if (other.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
    other.get();
  cpr::GetCallback([&](cpr::Response) { session.Get(); }, cpr::Url{"http://example.org"});
  co_return;
}

awaitable<void> http(httplib::Client &client, httplib::Server &server) {
  client.set_read_timeout(3);
  client.Get("/");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'httplib::Client::Get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  client.Post("/", "text", "text/plain");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'httplib::Client::Post' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  httplib::Client("example.org").Get("/");
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'httplib::Client::Get' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  server.Get("/", [&](auto &, auto &) { client.Get("/"); });
  server.listen("localhost", 80);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'httplib::Server::listen' blocks the thread that runs this coroutine, and every task on it: it serves requests until the server is stopped; do it on a thread of its own [async-blocking-call]
  co_return;
}

// What the compiler of gRPC generates.
struct Request {};
struct Reply {};
struct Greeter {
  struct StubInterface {
    virtual grpc::Status SayHello(grpc::ClientContext *, const Request &, Reply *) = 0;
  };
  struct Stub final : StubInterface {
    struct async {
      void SayHello(grpc::ClientContext *, const Request *, Reply *,
                    std::function<void(grpc::Status)>);
      void SayMany(grpc::ClientContext *, const Request *, grpc::ClientReadReactor<Reply> *);
    };
    grpc::Status SayHello(grpc::ClientContext *, const Request &, Reply *) override;
    std::unique_ptr<grpc::ClientAsyncResponseReader<Reply>>
    AsyncSayHello(grpc::ClientContext *, const Request &, grpc::CompletionQueue *);
    std::unique_ptr<grpc::ClientReader<Reply>> SayMany(grpc::ClientContext *, const Request &);
    async async();
  };
};

grpc::Status call(grpc::ClientContext *context, const Request &request, Reply *reply) {
  return grpc::internal::BlockingUnaryCall(context, request, reply);
}

struct Reader : grpc::ClientReadReactor<Reply> {
  void start(Greeter::Stub &stub, grpc::ClientContext *context, Request *request) {
    stub.async().SayMany(context, request, this);
  }
};

awaitable<void> stubs(Greeter::Stub &stub, Greeter::StubInterface &interface,
                      grpc::ClientContext *context, Request &request, Reply *reply,
                      grpc::CompletionQueue &queue, grpc::Server &server) {
  stub.SayHello(context, request, reply);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Greeter::Stub::SayHello' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use the stub's async() member with a callback, or do it on a thread pool [async-blocking-call]
  interface.SayHello(context, request, reply);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'Greeter::StubInterface::SayHello' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use the stub's async() member with a callback, or do it on a thread pool [async-blocking-call]
  call(context, request, reply);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'call' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use the stub's async() member with a callback, or do it on a thread pool [async-blocking-call]
  auto reader = stub.SayMany(context, request);
  reader->Read(reply);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'grpc::ClientReader::Read' blocks the thread that runs this coroutine, and every task on it: it waits for the next message; use the callback API, or do it on a thread pool [async-blocking-call]
  reader->Finish();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'grpc::ClientReader::Finish' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use the callback API, or do it on a thread pool [async-blocking-call]
  void *tag;
  bool good;
  queue.Next(&tag, &good);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'grpc::CompletionQueue::Next' blocks the thread that runs this coroutine, and every task on it: it waits for the next event of the queue; do it on a thread of its own, which hands the events on [async-blocking-wait]
  server.Wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'grpc::Server::Wait' blocks the thread that runs this coroutine, and every task on it: it waits until the server has been shut down; do it on a thread of its own [async-blocking-wait]
  server.Shutdown();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'grpc::Server::Shutdown' blocks the thread that runs this coroutine, and every task on it: it waits until all calls have ended; do it on a thread of its own [async-blocking-wait]

  stub.AsyncSayHello(context, request, &queue);
  stub.async().SayHello(context, &request, reply, [=, &stub, &request](grpc::Status) {
    stub.SayHello(context, request, reply);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Greeter::Stub::SayHello' blocks the thread that runs this callback, and every task on it: it waits until the server has answered; use the stub's async() member with a callback, or do it on a thread pool [async-blocking-call]
  });
  Reader many;
  many.start(stub, context, &request);
  stub.async().SayMany(context, &request, &many);
  co_return;
}

awaitable<void> poco(Poco::Net::HTTPClientSession &session, Poco::Net::HTTPRequest &request,
                     Poco::Net::HTTPResponse &response, Poco::Net::StreamSocket &socket,
                     Poco::Data::Session &database, Poco::Thread &thread) {
  session.sendRequest(request);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Poco::Net::HTTPClientSession::sendRequest' blocks the thread that runs this coroutine, and every task on it: it connects to the server; do it on a thread pool [async-blocking-call]
  session.receiveResponse(response);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Poco::Net::HTTPClientSession::receiveResponse' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; do it on a thread pool [async-blocking-call]
  char data[80];
  socket.receiveBytes(data, 80);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Poco::Net::StreamSocket::receiveBytes' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  Poco::Data::Session other("MySQL", "shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'Poco::Data::Session constructor' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; do it on a thread pool [async-blocking-call]
  Poco::Data::Session copy(other);
  database << "delete from cart", Poco::Data::Keywords::now;
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'Poco::Data::Statement::operator,' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use Poco::Data::Statement::executeAsync, or do it on a thread pool [async-blocking-call]
  database << "delete from cart", 3;
  Poco::Thread::sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Poco::Thread::sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::milliseconds(100)).async_wait(asio::use_awaitable);
  thread.startFunc([] { Poco::Thread::sleep(100); });
  thread.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Poco::Thread::join' blocks the thread that runs this coroutine, and every task on it: it waits until the thread has ended; co_await the work [async-blocking-wait]
  Poco::Net::StreamSocket ready;
  ready.setBlocking(false);
  ready.receiveBytes(data, 80);
  co_return;
}

awaitable<void> kafka(rd_kafka_t *client, RdKafka::KafkaConsumer *consumer,
                      RdKafka::Producer &producer) {
  rd_kafka_consumer_poll(client, 1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'rd_kafka_consumer_poll' blocks the thread that runs this coroutine, and every task on it: it waits for a message; wait for the queue's rd_kafka_queue_io_event_enable, or do it on a thread of its own [async-blocking-call]
  rd_kafka_commit(client, nullptr, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'rd_kafka_commit' blocks the thread that runs this coroutine, and every task on it: it waits until the broker has answered; commit without waiting (the third argument) [async-blocking-call]
  rd_kafka_flush(client, 1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'rd_kafka_flush' blocks the thread that runs this coroutine, and every task on it: it waits until all messages have been delivered; wait for the delivery reports, with rd_kafka_poll and a timeout of zero [async-blocking-call]
  consumer->consume(1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'RdKafka::KafkaConsumer::consume' blocks the thread that runs this coroutine, and every task on it: it waits for a message; give it a timeout of zero, or do it on a thread of its own [async-blocking-call]
  consumer->commitSync();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'RdKafka::KafkaConsumer::commitSync' blocks the thread that runs this coroutine, and every task on it: it waits until the broker has answered; use RdKafka::KafkaConsumer::commitAsync [async-blocking-call]
  producer.flush(1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'RdKafka::Producer::flush' blocks the thread that runs this coroutine, and every task on it: it waits until all messages have been delivered; wait for the delivery reports, with poll and a timeout of zero [async-blocking-call]
  rd_kafka_poll(client, 0);
  rd_kafka_consumer_poll(client, 0);
  rd_kafka_commit(client, nullptr, 1);
  consumer->consume(0);
  consumer->commitAsync();
  producer.poll(0);
  co_return;
}

awaitable<void> shells(ssh_session session, ssh_channel channel, LIBSSH2_SESSION *other) {
  char data[80];
  ssh_connect(session);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ssh_connect' blocks the thread that runs this coroutine, and every task on it: it waits until the server has accepted the connection; call ssh_set_blocking, and wait for ssh_get_fd, or do it on a thread pool [async-blocking-call]
  ssh_userauth_password(session, "me", "secret");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ssh_userauth_password' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; call ssh_set_blocking, and wait for ssh_get_fd, or do it on a thread pool [async-blocking-call]
  ssh_channel_read_timeout(channel, data, 80, 0, 1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ssh_channel_read_timeout' blocks the thread that runs this coroutine, and every task on it: it waits until the server has sent something; use ssh_channel_read_nonblocking, and wait for ssh_get_fd [async-blocking-call]
  ssh_channel_read_timeout(channel, data, 80, 0, 0);
  libssh2_session_handshake(other, 3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'libssh2_session_handshake' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; call libssh2_session_set_blocking, and wait for the socket, or do it on a thread pool [async-blocking-call]
  libssh2_userauth_password(other, "me", "secret");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'libssh2_userauth_password_ex' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; call libssh2_session_set_blocking, and wait for the socket, or do it on a thread pool [async-blocking-call]
  co_return;
}

awaitable<void> shells_that_do_not_wait() {
  ssh_session session = ssh_new();
  ssh_set_blocking(session, 0);
  ssh_connect(session);
  LIBSSH2_SESSION *other = libssh2_session_init();
  libssh2_session_set_blocking(other, 0);
  libssh2_session_handshake(other, 3);
  co_return;
}

awaitable<void> directory(LDAP *ldap) {
  LDAPMessage *result;
  ldap_simple_bind_s(ldap, "me", "secret");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ldap_simple_bind_s' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; use the function without _s and ldap_result with a timeout of zero, or do it on a thread pool [async-blocking-call]
  ldap_result(ldap, 1, 0, nullptr, &result);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ldap_result' blocks the thread that runs this coroutine, and every task on it: it waits until the server has answered; give it a timeout of zero, and wait for the connection's socket [async-blocking-call]
  timeval zero = {0, 0};
  ldap_result(ldap, ldap_simple_bind(ldap, "me", "secret"), 0, &zero, &result);
  co_return;
}

awaitable<void> tls(SSL_CTX *context, SSL *ssl, char (&data)[80]) {
  BIO *bio = BIO_new_ssl_connect(context);
  BIO_do_connect(bio);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BIO_ctrl' blocks the thread that runs this coroutine, and every task on it: it waits for the peer; call BIO_set_nbio, and wait for the socket, or do it on a thread pool [async-blocking-call]
  BIO_read(bio, data, 80);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BIO_read' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; call BIO_set_nbio, and wait for the socket, or do it on a thread pool [async-blocking-call]
  SSL_CTX_load_verify_locations(context, "certificates.pem", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'SSL_CTX_load_verify_locations' blocks the thread that runs this coroutine, and every task on it: it reads all trusted certificates; do it once, when the program starts [async-blocking-call]
  // Who knows what is below it?
  SSL_read(ssl, data, 80);
  co_return;
}

awaitable<void> tls_that_does_not_wait(SSL_CTX *context, BIO *given, char (&data)[80]) {
  BIO *bio = BIO_new_ssl_connect(context);
  while (BIO_do_connect(bio) <= 0 && BIO_should_retry(bio))
    ;
  BIO_read(bio, data, 80);
  BIO_read(given, data, 80);
  co_return;
}

// On a thread pool, and in a plain function, they may wait.
void plain(CURL *easy, httplib::Client &client, rd_kafka_t *kafka) {
  curl_easy_perform(easy);
  client.Get("/");
  rd_kafka_flush(kafka, 1000);
}

awaitable<void> through(CURL *easy, httplib::Client &client, rd_kafka_t *kafka,
                        asio::thread_pool &pool) {
  plain(easy, client, kafka);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'plain' blocks the thread that runs this coroutine, and every task on it: it waits until the transfer has ended; use curl_multi_socket_action, or do it on a thread pool [async-blocking-call]
  asio::post(pool, [&] { plain(easy, client, kafka); });
  asio::post(pool, [=] { curl_easy_perform(easy); });
  co_return;
}

static awaitable<void> elsewhere(CURL *easy) {
  curl_easy_perform(easy);
  co_return;
}

void start(CURL *easy, asio::thread_pool &pool) {
  asio::co_spawn(pool, elsewhere(easy), asio::detached);
}
