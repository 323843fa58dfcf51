/** Where to read on. */
export function Foot() {
  return (
    <footer className="foot">
      <a href="./learn.html">How it works</a>
      <a href="./learn.html#words">The words</a>
      <a href="./learn.html#curves">What is measured</a>
      <a href="./learn.html#models">The models</a>
      <a href="./learn.html#own">Source and your own server</a>
      <a href="https://www.apache.org/licenses/LICENSE-2.0">Apache 2.0</a>
    </footer>
  )
}
