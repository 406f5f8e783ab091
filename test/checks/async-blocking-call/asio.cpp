// RUN: %check %s async-blocking-call

// Asio's synchronous operations, and the asynchronous ones in their place.

#include "asio.hpp"

using asio::awaitable;
using asio::ip::tcp;
using asio::ip::udp;

awaitable<void> sockets(tcp::socket &socket, tcp::endpoint peer, char (&data)[80]) {
  socket.connect(peer);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::connect' blocks the thread that runs this coroutine, and every task on it: it waits for the peer to accept the connection; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await socket.async_connect(peer, asio::use_awaitable);
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  socket.write_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::write_some' blocks
  // CHECK-FIXES: co_await socket.async_write_some(asio::buffer(data), asio::use_awaitable);
  socket.send(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::send' blocks
  // CHECK-FIXES: co_await socket.async_send(asio::buffer(data), asio::use_awaitable);
  socket.receive(asio::buffer(data), 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::receive' blocks
  // CHECK-FIXES: co_await socket.async_receive(asio::buffer(data), 0, asio::use_awaitable);
  socket.wait(tcp::socket::wait_read);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::wait' blocks
  // CHECK-FIXES: co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
  asio::read(socket, asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::read' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent everything that was asked for; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  asio::write(socket, asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::write' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has room for everything; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await asio::async_write(socket, asio::buffer(data), asio::use_awaitable);
  std::string text;
  asio::read_until(socket, asio::dynamic_buffer(text), '\n');
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::read_until' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent everything that was asked for; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await asio::async_read_until(socket, asio::dynamic_buffer(text), '\n', asio::use_awaitable);
  co_return;
}

awaitable<void> acceptors(tcp::acceptor &acceptor, tcp::socket &peer) {
  tcp::socket one = acceptor.accept();
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'asio::ip::tcp::acceptor::accept' blocks the thread that runs this coroutine, and every task on it: it waits for somebody to connect; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: tcp::socket one = co_await acceptor.async_accept(asio::use_awaitable);
  auto two = acceptor.accept();
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'asio::ip::tcp::acceptor::accept' blocks
  // CHECK-FIXES: auto two = co_await acceptor.async_accept(asio::use_awaitable);
  acceptor.accept(peer);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::ip::tcp::acceptor::accept' blocks
  // CHECK-FIXES: co_await acceptor.async_accept(peer, asio::use_awaitable);
  acceptor.wait(tcp::acceptor::wait_read);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::ip::tcp::acceptor::wait' blocks
  // CHECK-FIXES: co_await acceptor.async_wait(tcp::acceptor::wait_read, asio::use_awaitable);
  co_return;
}

awaitable<void> resolvers(tcp::resolver &resolver, tcp::socket &socket) {
  auto endpoints = resolver.resolve("example.org", "http");
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'asio::ip::tcp::resolver::resolve' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await asio::ip::tcp::resolver::async_resolve [async-blocking-call]
  // CHECK-FIXES: auto endpoints = co_await resolver.async_resolve("example.org", "http", asio::use_awaitable);
  asio::connect(socket, endpoints);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::connect' blocks the thread that runs this coroutine, and every task on it: it tries one endpoint after the other until a peer accepts the connection; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await asio::async_connect(socket, endpoints, asio::use_awaitable);
  asio::connect(socket, resolver.resolve("example.org", "http"));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::connect' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:34: warning: 'asio::ip::tcp::resolver::resolve' blocks
  // CHECK-FIXES: co_await asio::async_connect(socket, co_await resolver.async_resolve("example.org", "http", asio::use_awaitable), asio::use_awaitable);
  for (auto &entry : resolver.resolve("example.org", "http"))
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'asio::ip::tcp::resolver::resolve' blocks
    // CHECK-FIXES: for (auto &entry : co_await resolver.async_resolve("example.org", "http", asio::use_awaitable))
    ;
  co_return;
}

awaitable<void> datagrams(udp::socket &socket, udp::endpoint &peer, char (&data)[80]) {
  socket.receive_from(asio::buffer(data), peer);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::udp::socket::receive_from' blocks
  // CHECK-FIXES: co_await socket.async_receive_from(asio::buffer(data), peer, asio::use_awaitable);
  socket.receive(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::udp::socket::receive' blocks
  // CHECK-FIXES: co_await socket.async_receive(asio::buffer(data), asio::use_awaitable);
  // The kernel takes a datagram, or drops it.
  socket.send_to(asio::buffer(data), peer);
  co_return;
}

// The error stays where it was.
awaitable<void> error_codes(tcp::socket &socket, tcp::acceptor &acceptor, tcp::resolver &resolver,
                            tcp::endpoint peer, char (&data)[80]) {
  asio::error_code ec;
  socket.connect(peer, ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::connect' blocks the thread that runs this coroutine, and every task on it: it waits for the peer to accept the connection; co_await the asynchronous operation, with the token asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await socket.async_connect(peer, asio::redirect_error(asio::use_awaitable, ec));
  std::size_t n = socket.read_some(asio::buffer(data), ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::redirect_error(asio::use_awaitable, ec));
  n += asio::write(socket, asio::buffer(data), ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'asio::write' blocks
  // CHECK-FIXES: n += co_await asio::async_write(socket, asio::buffer(data), asio::redirect_error(asio::use_awaitable, ec));
  auto endpoints = resolver.resolve("example.org", "http", ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'asio::ip::tcp::resolver::resolve' blocks
  // CHECK-FIXES: auto endpoints = co_await resolver.async_resolve("example.org", "http", asio::redirect_error(asio::use_awaitable, ec));
  asio::connect(socket, endpoints, ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::connect' blocks
  // CHECK-FIXES: co_await asio::async_connect(socket, endpoints, asio::redirect_error(asio::use_awaitable, ec));
  tcp::socket accepted = acceptor.accept(ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'asio::ip::tcp::acceptor::accept' blocks
  // CHECK-FIXES: tcp::socket accepted = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
  std::error_code same;
  socket.wait(tcp::socket::wait_write, same);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::wait' blocks
  // CHECK-FIXES: co_await socket.async_wait(tcp::socket::wait_write, asio::redirect_error(asio::use_awaitable, same));
  struct {
    std::error_code error;
  } state;
  socket.read_some(asio::buffer(data), state.error);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_await socket.async_read_some(asio::buffer(data), asio::redirect_error(asio::use_awaitable, state.error));
  co_return;
}

// The result is used: co_await goes around exactly the call.
awaitable<std::size_t> results(tcp::socket &socket, tcp::acceptor &acceptor,
                               tcp::resolver &resolver, char (&data)[80]) {
  std::size_t total = socket.read_some(asio::buffer(data)) + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: std::size_t total = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable) + 1;
  if (socket.read_some(asio::buffer(data)) == 0 && total)
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: if (co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable) == 0 && total)
    co_return total;
  total = total ? asio::read(socket, asio::buffer(data)) : 0;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'asio::read' blocks
  // CHECK-FIXES: total = total ? co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable) : 0;
  auto peer = acceptor.accept().remote_endpoint();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'asio::ip::tcp::acceptor::accept' blocks
  // CHECK-FIXES: auto peer = (co_await acceptor.async_accept(asio::use_awaitable)).remote_endpoint();
  auto first = *resolver.resolve("example.org", "http").begin();
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'asio::ip::tcp::resolver::resolve' blocks
  // CHECK-FIXES: auto first = *(co_await resolver.async_resolve("example.org", "http", asio::use_awaitable)).begin();
  auto size = resolver.resolve("example.org", "http")->endpoint();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'asio::ip::tcp::resolver::resolve' blocks
  // CHECK-FIXES: auto size = (co_await resolver.async_resolve("example.org", "http", asio::use_awaitable))->endpoint();
  while (asio::read(socket, asio::buffer(data, asio::read(socket, asio::buffer(data)))))
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::read' blocks
    // CHECK-MESSAGES: :[[@LINE-2]]:48: warning: 'asio::read' blocks
    // CHECK-FIXES: while (co_await asio::async_read(socket, asio::buffer(data, co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable)), asio::use_awaitable))
    ;
  char last = data[socket.read_some(asio::buffer(data)) - 1];
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: char last = data[co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable) - 1];
  co_return socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_return co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
}

// However the call is written.
awaitable<void> forms(tcp::socket &socket, tcp::socket *sockets, std::vector<tcp::socket> &list,
                      char (&data)[80]) {
  (socket.read_some(asio::buffer(data)));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: (co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable));
  (socket.read_some)(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_await (socket.async_read_some)(asio::buffer(data), asio::use_awaitable);
  socket.tcp::socket::read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_await socket.tcp::socket::async_read_some(asio::buffer(data), asio::use_awaitable);
  ::asio::read(socket, asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::read' blocks
  // CHECK-FIXES: co_await ::asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
  asio::read<tcp::socket>(socket, asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::read' blocks
  // CHECK-FIXES: co_await asio::async_read<tcp::socket>(socket, asio::buffer(data), asio::use_awaitable);
  sockets[0].read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_await sockets[0].async_read_some(asio::buffer(data), asio::use_awaitable);
  list[1].read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'asio::basic_stream_socket::read_some' blocks
  // CHECK-FIXES: co_await list[1].async_read_some(asio::buffer(data), asio::use_awaitable);
  list.front().read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'asio::basic_stream_socket::read_some' blocks
  // CHECK-FIXES: co_await list.front().async_read_some(asio::buffer(data), asio::use_awaitable);
  bool empty = !socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: bool empty = !co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  int number{(int)socket.read_some(asio::buffer(data))};
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: int number{(int)co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable)};
  auto lambda = [n = socket.read_some(asio::buffer(data))] { return n; };
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: auto lambda = [n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable)] { return n; };
  auto one = socket.read_some(asio::buffer(data)), two = socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:65: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: auto one = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable), two = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  if (auto n = socket.read_some(asio::buffer(data)); n > 3)
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: if (auto n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable); n > 3)
    throw socket.read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: throw co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_return;
}

// Members, pointers, names without qualification.
struct Session {
  tcp::socket socket;
  std::shared_ptr<tcp::socket> shared;
  char data[80];

  awaitable<void> run(tcp::socket *pointer) {
    socket.read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
    this->socket.read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: co_await this->socket.async_read_some(asio::buffer(data), asio::use_awaitable);
    pointer->read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'asio::basic_stream_socket::read_some' blocks
    // CHECK-FIXES: co_await pointer->async_read_some(asio::buffer(data), asio::use_awaitable);
    (*pointer).read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: co_await (*pointer).async_read_some(asio::buffer(data), asio::use_awaitable);
    shared->read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::basic_stream_socket::read_some' blocks
    // CHECK-FIXES: co_await shared->async_read_some(asio::buffer(data), asio::use_awaitable);
    read(socket, asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'asio::read' blocks
    // CHECK-FIXES: co_await async_read(socket, asio::buffer(data), asio::use_awaitable);
    using asio::write;
    write(*pointer, asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'asio::write' blocks
    // CHECK-FIXES: co_await async_write(*pointer, asio::buffer(data), asio::use_awaitable);
    co_return;
  }
};

// The correct forms.
awaitable<void> correct(tcp::socket &socket, tcp::acceptor &acceptor, tcp::resolver &resolver,
                        char (&data)[80]) {
  auto endpoints = co_await resolver.async_resolve("example.org", "http", asio::use_awaitable);
  co_await asio::async_connect(socket, endpoints, asio::use_awaitable);
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  asio::error_code ec;
  co_await asio::async_write(socket, asio::buffer(data),
                             asio::redirect_error(asio::use_awaitable, ec));
  auto peer = co_await acceptor.async_accept(asio::use_awaitable);
  socket.async_read_some(asio::buffer(data), [](asio::error_code, std::size_t) {});
  socket.close();
  socket.shutdown(tcp::socket::shutdown_both);
  socket.bind(tcp::endpoint());
  socket.set_option(tcp::no_delay(true));
  acceptor.listen();
  socket.available();
}
