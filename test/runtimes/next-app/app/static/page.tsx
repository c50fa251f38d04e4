/** Rendered when the application is built, and the same for everybody. */
export default function StaticPage() {
  return <h1>the same for everybody</h1>;
}
