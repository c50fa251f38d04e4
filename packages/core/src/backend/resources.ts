export * from './generated/operations.generated.ts';
