export default function HomePage() {
  return <h1>public</h1>;
}
